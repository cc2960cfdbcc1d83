package dev.kelpie.app.command.unit;

import dev.kelpie.app.call.CommandException;
import dev.kelpie.engine.report.NetworkSummary;
import dev.kelpie.engine.report.VolumeSummary;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.function.Consumer;

/// `.pod`, `.volume` and `.network` files that make what is there.
public final class PodText {

    private PodText() {}

    /// The `.pod` file of a pod.
    ///
    /// @param losses hears of what it cannot say
    public static String pod(PodSpec spec, Consumer<String> losses) {
        if (!spec.initContainers().isEmpty()) {
            losses.accept(
                    "pod '"
                            + spec.name()
                            + "' has init containers: a unit file cannot say that; use a .kube file"
                            + " with what 'kube generate' prints");
        }
        var text = new UnitText().group("Pod").add("PodName", spec.name());
        NetworkText.write(text, spec.network());
        var infra = spec.sharing().infraSpec();
        for (var mount : infra.mounts()) {
            spec.volumes().stream()
                    .filter(volume -> volume.name().equals(mount.volume()))
                    .findFirst()
                    .ifPresent(volume -> SharedText.volume(text, source(volume), mount));
        }
        if (infra.shmSize().isPresent()) {
            text.add("ShmSize", Long.toString(infra.shmSize().getAsLong()));
        }
        if (!spec.policy().stopWithLastContainer()) {
            text.add("ExitPolicy", "continue");
        }
        spec.sharing().users().ifPresent(users -> SharedText.users(text, users));
        rest(text, spec, losses);
        return text.group("Install").add("WantedBy", "default.target").toString();
    }

    private static void rest(UnitText text, PodSpec spec, Consumer<String> losses) {
        var labels = new HashMap<>(spec.metadata().labels());
        labels.remove(ContainerSpec.UNIT);
        text.pairs("Label", labels);
        var words = new ArrayList<String>();
        spec.security()
                .sysctls()
                .forEach((name, value) -> words.add("--sysctl=" + name + "=" + value));
        var sharing = spec.sharing();
        if (sharing.shareProcesses()) {
            words.add("--share=ipc,net,uts,pid");
        }
        if (sharing.hostPid()) {
            words.add("--pid=host");
        }
        if (sharing.hostIpc()) {
            losses.accept(
                    "pod '" + spec.name() + "' has the host's IPC: a unit file cannot say that");
        }
        words.addAll(FurtherWords.ofScopes(sharing.scopes()));
        words.addAll(FurtherWords.ofFiles(spec.network().files()));
        var limits = spec.policy().demands().limits();
        limits.memory().ifPresent(memory -> words.add("--memory=" + memory));
        limits.milliCpu().ifPresent(cpu -> words.add("--cpus=" + cpu / 1000.0));
        words.forEach(word -> text.words("PodmanArgs", List.of(word)));
    }

    private static String source(Volume volume) {
        return switch (volume.source()) {
            case Volume.HostPath(var path, var _) -> path.toString();
            case Volume.Named(String name) -> name;
            case Volume.EmptyDir _,
                    Volume.Tmpfs _,
                    Volume.SecretFile _,
                    Volume.Secret _,
                    Volume.ConfigMap _,
                    Volume.Projected _,
                    Volume.Image _,
                    Volume.Nfs _ ->
                    throw new CommandException(
                            "volume '" + volume.name() + "' is of a kind that pods of units lack");
        };
    }

    /// The `.volume` file of a volume.
    public static String volume(VolumeSummary volume) {
        var text = new UnitText().group("Volume").add("VolumeName", volume.name());
        text.pairs("Label", volume.labels());
        volume.options()
                .driver()
                .forEach((key, value) ->
                        text.words(
                                "PodmanArgs",
                                List.of("--opt", value.isEmpty() ? key : key + "=" + value)));
        if (volume.options().uid().isPresent()) {
            text.add("UID", Integer.toString(volume.options().uid().getAsInt()));
        }
        if (volume.options().gid().isPresent()) {
            text.add("GID", Integer.toString(volume.options().gid().getAsInt()));
        }
        return text.toString();
    }

    /// The `.network` file of a network.
    public static String network(NetworkSummary network) {
        var text = new UnitText().group("Network").add("NetworkName", network.name());
        text.add("Subnet", network.addresses().subnet());
        text.add("Gateway", network.addresses().gateway());
        network.options()
                .six()
                .ifPresent(six -> {
                    text.add("IPv6", "yes");
                    text.add("Subnet", six.subnet());
                    text.add("Gateway", six.gateway());
                });
        network.options()
                .range()
                .ifPresent(range -> text.add("IPRange", range.first() + "-" + range.last()));
        text.addEach("DNS", network.options().resolvers());
        if (network.options().internal()) {
            text.add("Internal", "yes");
        }
        if (!network.dns()) {
            text.add("DisableDNS", "yes");
        }
        if (network.options().mtu() != 0) {
            text.add("Options", "mtu=" + network.options().mtu());
        }
        return text.pairs("Label", network.options().labels()).toString();
    }
}
