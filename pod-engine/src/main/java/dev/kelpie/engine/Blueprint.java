package dev.kelpie.engine;

import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ImageReference;
import dev.kelpie.engine.report.ResolvedProcess;
import dev.kelpie.engine.sandbox.Networks;
import dev.kelpie.engine.sandbox.VolumeMounts;
import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.HealthCheck;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.Manner.ImageVolumes;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.Security;
import dev.kelpie.engine.spec.ShortId;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Life;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.ResolvedImage;
import dev.kelpie.engine.state.State;
import dev.kelpie.engine.state.VolumeRow;
import dev.kelpie.image.Image;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The rows that a new pod will be: its own, its containers', those of the volumes made for it.
record Blueprint(
        PodRow pod, List<ContainerRow> containers, List<VolumeRow> volumes, List<String> dnsNames) {

    static final String PAUSE = "/catatonit";

    /// When, and by which play, a pod is made.
    record Occasion(String play, Instant time, String specHash) {}

    static Blueprint of(PodSpec spec, Map<ImageSource, Image> images, Occasion occasion) {
        var id = Ids.fresh();
        var pod =
                new PodRow(
                        id,
                        spec,
                        occasion.specHash(),
                        Phase.MAKING,
                        false,
                        occasion.time(),
                        occasion.play());
        var containers = new ArrayList<ContainerRow>();
        var volumes = new ArrayList<VolumeRow>();
        if (spec.sharing().infra()) {
            containers.add(infra(pod));
        }
        for (var container : spec.initContainers()) {
            var row = container(pod, container, images, ContainerKind.INIT, containers.size());
            containers.add(row);
        }
        for (var container : spec.containers()) {
            var row = container(pod, container, images, ContainerKind.APP, containers.size());
            containers.add(row);
        }
        for (var name : VolumeMounts.named(spec)) {
            volumes.add(VolumeRow.plain(name, occasion.time(), "", occasion.play()));
        }
        containers.forEach(row -> volumes.addAll(anonymous(row, occasion)));
        return new Blueprint(pod, containers, volumes, names(pod, containers));
    }

    /// One more container for a pod that is there.
    static ContainerRow container(
            PodRow pod,
            ContainerSpec wanted,
            Map<ImageSource, Image> images,
            ContainerKind kind,
            int position) {
        var spec = DeclaredVolumes.of(pod.spec(), wanted, images);
        var image = images.get(spec.image());
        return new ContainerRow(
                Ids.fresh(),
                pod.id(),
                kind,
                position,
                image == null ? spec : settled(withImageLabels(spec, image), image),
                image == null ? awaited(spec) : resolved(pod, spec, image),
                Phase.MAKING,
                Life.born(pod.created()));
    }

    /// Nothing yet but its name.
    private static ResolvedImage awaited(ContainerSpec spec) {
        return new ResolvedImage(
                new ImageReference(spec.image().reference(), "", ""),
                new ResolvedProcess(List.of(), List.of(), List.of(), "/", "", "SIGTERM"),
                List.of(),
                Map.of(),
                List.of());
    }

    /// Where the engine's user is kept, a container that names no user is that one's.
    private static ResolvedProcess process(PodRow pod, ContainerSpec spec, Image image) {
        var process = Processes.resolve(spec, image.config().config());
        var keeps = pod.spec().sharing().usersAsked().filter(PodUsers.KeepId.class::isInstance);
        if (keeps.isEmpty() || pod.ids().isEmpty() || spec.process().user().isPresent()) {
            return process;
        }
        var inside = pod.ids().get().inverse();
        return process.withUser(inside.user(0) + ":" + inside.group(0));
    }

    /// Volumes made for this container alone, one for each path its image declares.
    static List<VolumeRow> anonymous(ContainerRow row, Occasion occasion) {
        return row.image().volumes().values().stream()
                .map(name -> VolumeRow.plain(name, occasion.time(), row.id(), occasion.play()))
                .toList();
    }

    private static List<String> mountedPaths(ContainerSpec spec) {
        return spec.mounts().stream().map(mount -> mount.mountPath()).toList();
    }

    private static ContainerSpec withImageLabels(ContainerSpec spec, Image image) {
        var labels = new java.util.HashMap<>(image.config().config().labels());
        labels.putAll(spec.metadata().labels());
        var metadata = spec.metadata();
        return new ContainerSpec(
                new Metadata(metadata.namespace(), metadata.name(), labels, metadata.annotations()),
                spec.shortName(),
                spec.image(),
                spec.process(),
                spec.mounts(),
                spec.resources(),
                spec.security(),
                withImageHealth(spec.policy(), image));
    }

    /// With what its image's part in the manner of its runs is.
    private static ContainerSpec settled(ContainerSpec spec, Image image) {
        var policy = spec.policy();
        var manner = policy.lifecycle().manner();
        if (manner.imageVolumes() == ImageVolumes.TMPFS) {
            var mounted = mountedPaths(spec);
            var paths =
                    image.config().config().volumes().stream()
                            .filter(path -> !mounted.contains(path))
                            .toList();
            policy =
                    policy.withLifecycle(policy.lifecycle().withManner(manner.withInMemory(paths)));
        }
        return spec.withPolicy(policy);
    }

    private static ContainerPolicy withImageHealth(ContainerPolicy policy, Image image) {
        var wanted = policy.probes().health();
        if (wanted.off()) {
            return policy;
        }
        var known = image.config().healthCheck().map(Blueprint::healthCheck);
        return policy.withProbes(policy.probes().withHealth(wanted.over(known)));
    }

    private static HealthCheck healthCheck(dev.kelpie.image.spec.HealthCheck image) {
        return new HealthCheck(
                image.test(),
                image.interval(),
                image.timeout(),
                image.startPeriod(),
                image.retries(),
                HealthCheck.OnFailure.NONE,
                Optional.empty(),
                HealthCheck.HealthLog.USUAL);
    }

    private static ResolvedImage resolved(PodRow pod, ContainerSpec spec, Image image) {
        var mounted = mountedPaths(spec);
        var config = image.config().config();
        var volumes = new java.util.TreeMap<String, String>();
        var kind = spec.policy().lifecycle().manner().imageVolumes();
        for (var path : config.volumes()) {
            if (kind == ImageVolumes.ANONYMOUS && !mounted.contains(path)) {
                volumes.put(path, Ids.fresh());
            }
        }
        return new ResolvedImage(
                spec.image().fromImage()
                        ? new ImageReference(
                                displayName(spec, image),
                                image.id().hex(),
                                image.digest().toString())
                        : ImageReference.NONE,
                process(pod, spec, image),
                List.copyOf(config.exposedPorts()),
                volumes,
                image.lowerDirectories().stream().map(Path::toString).toList());
    }

    private static String displayName(ContainerSpec spec, Image image) {
        var asked = spec.image().reference();
        return image.names().stream()
                .map(Object::toString)
                .filter(name ->
                        name.equals(asked)
                                || name.startsWith(asked + ":")
                                || name.endsWith("/" + asked)
                                || name.endsWith("/" + asked + ":latest"))
                .findFirst()
                .orElseGet(image::displayName);
    }

    private static ContainerRow infra(PodRow pod) {
        var spec =
                new ContainerSpec(
                        new Metadata(
                                pod.spec().metadata().namespace(),
                                infraName(pod),
                                Map.of(),
                                Map.of()),
                        "infra",
                        new ImageSource("kelpie-infra", PullPolicy.NEVER),
                        ProcessSpec.FROM_IMAGE,
                        List.of(),
                        Resources.UNLIMITED,
                        Security.DEFAULT,
                        new ContainerPolicy(
                                RestartPolicy.ALWAYS,
                                0,
                                Optional.empty(),
                                Duration.ofSeconds(10),
                                false));
        var process =
                new ResolvedProcess(List.of(PAUSE, "-P"), List.of(), List.of(), "/", "", "SIGTERM");
        return new ContainerRow(
                Ids.fresh(),
                pod.id(),
                ContainerKind.INFRA,
                0,
                spec,
                new ResolvedImage(ImageReference.NONE, process, List.of(), Map.of(), List.of()),
                Phase.MAKING,
                Life.born(pod.created()));
    }

    /// Whether a container has nothing to do but to be seen: the infra container where nobody's
    /// process has to be the first of a namespace, and no unit follows its conmon.
    static boolean onlyPauses(PodRow pod, ContainerRow row) {
        var sharing = pod.spec().sharing();
        return row.kind() == ContainerKind.INFRA
                && !sharing.shareProcesses()
                && pod.ids().isEmpty()
                && sharing.infraSpec().conmonPidFile().isEmpty()
                && sharing.infraSpec().conmonGroup().isEmpty();
    }

    private static String infraName(PodRow pod) {
        return pod.spec()
                .sharing()
                .infraSpec()
                .name()
                .orElseGet(() -> ShortId.of(pod.id()) + "-infra");
    }

    /// Names under which the pod's networks know it: its own, its hostname, its short id, and its
    /// containers' short names.
    static List<String> names(PodRow pod, List<ContainerRow> containers) {
        var names = new ArrayList<String>();
        names.add(pod.name());
        pod.spec().network().hostname().ifPresent(names::add);
        pod.spec().network().fqdn().ifPresent(fqdn -> names.addAll(shortened(fqdn)));
        for (var row : containers) {
            if (row.kind() == ContainerKind.INFRA) {
                names.add(ShortId.of(row.id()));
            } else if (row.kind() == ContainerKind.APP) {
                names.add(row.spec().shortName());
                if (pod.solo()) {
                    names.add(ShortId.of(row.id()));
                }
            }
        }
        return names;
    }

    /// `web-0.web.shop.svc.cluster.local`, and what is asked for within a cluster.
    private static List<String> shortened(String fqdn) {
        var end = ".svc.cluster.local";
        if (!fqdn.endsWith(end)) {
            return List.of(fqdn);
        }
        var scoped = fqdn.substring(0, fqdn.length() - end.length());
        var within = scoped.substring(0, Math.max(0, scoped.lastIndexOf('.')));
        return List.of(fqdn, scoped + ".svc", scoped, within);
    }

    /// Puts all rows into the state; throws when the pod's networks are not there.
    void enter(dev.kelpie.engine.state.Change change) {
        Networks.joined(change.now(), pod.spec());
        change.put(pod);
        containers.forEach(change::put);
        for (var volume : volumes) {
            if (!change.now().volumes().containsKey(volume.name())) {
                change.put(volume);
            }
        }
    }

    /// Whether the pod asks for addresses.
    static boolean onBridge(PodRow pod) {
        return pod.spec().network().mode() instanceof PodNetwork.Bridge;
    }

    /// A member container by its name in the state, for those who only know the spec.
    static Optional<ContainerRow> infraOf(State state, String pod) {
        return state.members(pod).stream()
                .filter(row -> row.kind() == ContainerKind.INFRA)
                .findFirst();
    }
}
