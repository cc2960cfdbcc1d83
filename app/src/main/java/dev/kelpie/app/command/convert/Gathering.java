package dev.kelpie.app.command.convert;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Failures;
import dev.kelpie.app.command.container.RunLine;
import dev.kelpie.app.convert.Import;
import dev.kelpie.app.convert.Line;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.HealthCheck;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSharing;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import dev.kelpie.kubegenerate.VolumeNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;

/// Makes specs of lines of `run`: containers, and pods of those that belong together.
public final class Gathering {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private final RunLine run;
    private final SequencedSet<String> losses = new LinkedHashSet<>();
    private final Map<String, List<PodSpec>> members = new LinkedHashMap<>();
    private final Map<String, PodSpec> infras = new HashMap<>();
    private final List<PodSpec> solos = new ArrayList<>();

    private Gathering(Call call) {
        this.run = new RunLine(call);
    }

    /// Pods, then containers outside any.
    public record Gathered(List<PodSpec> pods, List<PodSpec> solos, List<String> losses) {
        /// All of them.
        public List<PodSpec> all() {
            var all = new ArrayList<>(pods);
            all.addAll(solos);
            return all;
        }
    }

    public static Gathered of(Call call, Import read) {
        return new Gathering(call).all(read);
    }

    private Gathered all(Import read) {
        losses.addAll(read.losses());
        read.lines().forEach(this::add);
        var pods = new ArrayList<PodSpec>();
        members.forEach((name, each) -> pods.add(pod(name, each)));
        return new Gathered(pods, solos, List.copyOf(losses));
    }

    private void add(Line line) {
        try {
            var draft = run.read(line.words(), line.name(), loss -> losses.add(owner(line) + loss));
            var solo = withoutImageHealth(withFiles(draft.solo(), line.files()));
            add(line, solo, line.pod().or(draft::pod));
        } catch (RuntimeException e) {
            losses.add(owner(line) + "all of it: " + Failures.text(e));
        }
    }

    /// Images are not looked at: a check that one may bring is no loss that anyone could name.
    private static PodSpec withoutImageHealth(PodSpec solo) {
        return solo.withContainers(container -> {
            var policy = container.policy();
            var probes = policy.probes();
            return probes.health().test().isEmpty()
                    ? container.withPolicy(policy.withProbes(probes.withHealth(HealthCheck.OFF)))
                    : container;
        });
    }

    private void add(Line line, PodSpec solo, Optional<String> pod) {
        if (line.infra()) {
            pod.ifPresent(name -> infras.put(name, solo));
        } else if (pod.isPresent()) {
            members.computeIfAbsent(pod.get(), _ -> new ArrayList<>()).add(solo);
        } else {
            solos.add(solo);
        }
    }

    /// The container with files that came as text: each a ConfigMap of its own.
    private static PodSpec withFiles(PodSpec solo, List<Line.File> files) {
        var volumes = new ArrayList<>(solo.volumes());
        var mounts = new ArrayList<VolumeMount>();
        for (var file : files) {
            var name = Path.of(file.target()).getFileName().toString();
            var content = new Volume.FileContent(name, file.base64(), file.mode());
            var volume = "config-" + file.source();
            volumes.add(
                    new Volume(volume, Volume.ConfigMap.fixed(file.source(), List.of(content))));
            mounts.add(
                    new VolumeMount(
                            volume,
                            file.target(),
                            Optional.of(name),
                            true,
                            VolumeMount.Propagation.RPRIVATE,
                            false));
        }
        return solo.withVolumes(volumes).withContainers(it -> it.withInherited(mounts));
    }

    private static String owner(Line line) {
        return "container '" + line.name() + "': ";
    }

    /// A container as a pod of its own name.
    static PodSpec apart(PodSpec solo) {
        var metadata = solo.metadata();
        return VolumeNames.of(solo)
                .withContainers(container -> named(container, metadata.name(), metadata.name()))
                .withSharing(inPod(solo.sharing()));
    }

    /// Whether a pod is one container.
    static boolean isAlone(PodSpec pod) {
        return pod.containers().size() == 1 && pod.initContainers().isEmpty();
    }

    /// A pod of one container as that container, under the pod's name.
    static PodSpec alone(PodSpec pod) {
        var sharing = pod.sharing();
        return pod.withContainers(container -> container.called(pod.metadata(), pod.name()))
                .withSharing(
                        new PodSharing(
                                false,
                                false,
                                sharing.hostPid(),
                                sharing.hostIpc(),
                                sharing.said(),
                                sharing.users(),
                                sharing.scopes()));
    }

    private static ContainerSpec named(ContainerSpec container, String pod, String shortName) {
        var old = container.metadata();
        return container.called(
                new Metadata(
                        old.namespace(), pod + "-" + shortName, old.labels(), old.annotations()),
                shortName);
    }

    private static PodSharing inPod(PodSharing solo) {
        return new PodSharing(
                true,
                false,
                solo.hostPid(),
                solo.hostIpc(),
                solo.said(),
                solo.users(),
                solo.scopes());
    }

    private PodSpec pod(String name, List<PodSpec> drafts) {
        var volumes = new LinkedHashMap<String, Volume>();
        var containers = new ArrayList<ContainerSpec>();
        for (var draft : drafts) {
            var member = VolumeNames.of(draft);
            containers.add(within(name, withOwnVolumes(member, volumes)));
        }
        var infra = Optional.ofNullable(infras.get(name));
        var restart =
                drafts.stream()
                        .map(each -> each.policy().restartPolicy())
                        .findFirst()
                        .orElse(RestartPolicy.NEVER);
        return new PodSpec(
                new Metadata(
                        Metadata.DEFAULT_NAMESPACE,
                        name,
                        infra.map(each -> each.metadata().labels()).orElse(Map.of()),
                        Map.of()),
                List.of(),
                containers,
                List.copyOf(volumes.values()),
                infra.map(PodSpec::network).orElse(PodNetwork.DEFAULT),
                infra.map(each -> inPod(each.sharing())).orElse(PodSharing.POD),
                new PodPolicy(restart, GRACE, false),
                infra.map(PodSpec::security).orElse(PodSecurity.DEFAULT));
    }

    /// A container called by its name within the pod, where it has the pod's name before it.
    private static ContainerSpec within(String pod, ContainerSpec container) {
        var name = container.name();
        boolean prefixed = name.startsWith(pod + "-") && name.length() > pod.length() + 1;
        return prefixed
                ? container.called(container.metadata(), name.substring(pod.length() + 1))
                : container;
    }

    /// Its container, with other names for volumes whose names are those of others.
    private static ContainerSpec withOwnVolumes(PodSpec member, Map<String, Volume> all) {
        var names = new HashMap<String, String>();
        for (var volume : member.volumes()) {
            var there = all.get(volume.name());
            boolean same = volume.equals(there) && !(volume.source() instanceof Volume.EmptyDir);
            var name = there == null || same ? volume.name() : member.name() + "-" + volume.name();
            names.put(volume.name(), name);
            all.put(name, new Volume(name, volume.source()));
        }
        return member.containers().getFirst().withVolumeNames(names);
    }
}
