package dev.kelpie.app.command.unit;

import dev.kelpie.app.call.CommandException;
import dev.kelpie.engine.report.NetworkSummary;
import dev.kelpie.engine.report.VolumeSummary;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import java.util.HashMap;
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
                    .ifPresent(volume ->
                            text.add(
                                    "Volume",
                                    source(volume)
                                            + ":"
                                            + mount.mountPath()
                                            + (mount.readOnly() ? ":ro" : "")));
        }
        if (infra.shmSize().isPresent()) {
            text.add("ShmSize", Long.toString(infra.shmSize().getAsLong()));
        }
        if (!spec.policy().stopWithLastContainer()) {
            text.add("ExitPolicy", "continue");
        }
        rest(text, spec);
        return text.group("Install").add("WantedBy", "default.target").toString();
    }

    private static void rest(UnitText text, PodSpec spec) {
        var labels = new HashMap<>(spec.metadata().labels());
        labels.remove(ContainerSpec.UNIT);
        text.pairs("Label", labels);
        spec.security()
                .sysctls()
                .forEach((name, value) ->
                        text.words(
                                "PodmanArgs", java.util.List.of("--sysctl", name + "=" + value)));
        if (spec.sharing().shareProcesses()) {
            text.add("PodmanArgs", "--share=ipc,net,uts,pid");
        }
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

    static String volume(VolumeSummary volume) {
        var text = new UnitText().group("Volume").add("VolumeName", volume.name());
        text.pairs("Label", volume.labels());
        volume.options()
                .driver()
                .forEach((key, value) ->
                        text.words(
                                "PodmanArgs",
                                java.util.List.of(
                                        "--opt", value.isEmpty() ? key : key + "=" + value)));
        if (volume.options().uid().isPresent()) {
            text.add("UID", Integer.toString(volume.options().uid().getAsInt()));
        }
        if (volume.options().gid().isPresent()) {
            text.add("GID", Integer.toString(volume.options().gid().getAsInt()));
        }
        return text.toString();
    }

    static String network(NetworkSummary network) {
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
