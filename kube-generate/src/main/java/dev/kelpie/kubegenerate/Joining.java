package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.InfraSpec;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSharing;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.Volume;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Makes one pod of containers that were outside any.
final class Joining {
    private final List<PodSpec> solos;
    private final Losses losses;
    private final String owner;
    private final String name;
    private final Map<String, Volume> volumes = new LinkedHashMap<>();

    private Joining(List<PodSpec> solos, Losses losses) {
        this.solos = solos;
        this.losses = losses;
        this.name = solos.getFirst().name() + "-pod";
        this.owner = "pod '" + name + "'";
    }

    static Outline join(List<PodSpec> solos, Losses losses) {
        return new Joining(solos.stream().map(VolumeNames::of).toList(), losses).outline();
    }

    private Outline outline() {
        var containers = new ArrayList<ContainerSpec>();
        var ports = new LinkedHashMap<String, List<PortMapping>>();
        for (var solo : solos) {
            for (var container : solo.allContainers()) {
                containers.add(container(solo, container));
                ports.put(container.shortName(), solo.network().ports());
            }
        }
        var first = solos.getFirst();
        var pod =
                new PodSpec(
                        metadata(),
                        List.of(),
                        containers,
                        List.copyOf(volumes.values()),
                        network(),
                        sharing(),
                        new PodPolicy(
                                first.policy().restartPolicy(),
                                first.policy().terminationGracePeriod(),
                                false),
                        security());
        return new Outline(pod, ports);
    }

    private Metadata metadata() {
        return new Metadata(
                solos.getFirst().metadata().namespace(),
                name,
                united("label", solo -> solo.metadata().labels()),
                united("annotation", solo -> solo.metadata().annotations()));
    }

    private Map<String, String> united(String what, Function<PodSpec, Map<String, String>> of) {
        var united = new TreeMap<String, String>();
        for (var solo : solos) {
            new TreeMap<>(of.apply(solo))
                    .forEach((key, value) -> {
                        var other = united.putIfAbsent(key, value);
                        if (other != null && !other.equals(value)) {
                            losses.note(
                                    "container '" + solo.name() + "'",
                                    what + " '" + key + "': another container has another value");
                        }
                    });
        }
        return united;
    }

    /// The container, its volumes under names of their own where two differ.
    private ContainerSpec container(PodSpec solo, ContainerSpec container) {
        var renamed = new LinkedHashMap<String, String>();
        for (var volume : solo.volumes()) {
            var there = volumes.get(volume.name());
            var shared = there == null || (volume.equals(there) && isShareable(volume));
            var own = shared ? volume.name() : solo.name() + "-" + volume.name();
            renamed.put(volume.name(), own);
            volumes.put(own, new Volume(own, volume.source()));
        }
        return new ContainerSpec(
                container.metadata(),
                container.shortName(),
                container.image(),
                container.process(),
                container.mounts().stream()
                        .map(mount ->
                                mount.of(renamed.getOrDefault(mount.volume(), mount.volume())))
                        .toList(),
                container.resources(),
                container.security(),
                container.policy());
    }

    /// Two emptyDirs are two.
    private static boolean isShareable(Volume volume) {
        return !(volume.source() instanceof Volume.EmptyDir
                || volume.source() instanceof Volume.Tmpfs);
    }

    private PodNetwork network() {
        var networks = solos.stream().map(PodSpec::network).toList();
        var hostnames =
                networks.stream().flatMap(each -> each.hostname().stream()).distinct().toList();
        if (hostnames.size() > 1) {
            losses.note(owner, "host names differ, the first counts: " + hostnames);
        }
        return new PodNetwork(
                mode(),
                hostnames.stream().findFirst(),
                networks.stream().flatMap(each -> each.ports().stream()).toList(),
                new PodNetwork.Dns(
                        all(networks, each -> each.dns().nameservers()),
                        all(networks, each -> each.dns().searches()),
                        all(networks, each -> each.dns().options())),
                all(networks, PodNetwork::hostAliases));
    }

    private static <T> List<T> all(List<PodNetwork> networks, Function<PodNetwork, List<T>> part) {
        return networks.stream().flatMap(each -> part.apply(each).stream()).distinct().toList();
    }

    /// Who shares the network of another of these has it in the pod anyway.
    private PodNetwork.Mode mode() {
        Set<String> names = solos.stream().map(PodSpec::name).collect(Collectors.toSet());
        var modes =
                solos.stream()
                        .map(solo -> solo.network().mode())
                        .filter(mode ->
                                !(mode instanceof PodNetwork.OfContainer(var other)
                                        && names.contains(other)))
                        .distinct()
                        .toList();
        var ports = solos.stream().anyMatch(solo -> !solo.network().ports().isEmpty());
        if (modes.size() == 1 && !(ports && isClosed(modes.getFirst()))) {
            return modes.getFirst();
        }
        losses.note(owner, "networks of its containers differ: it is on the default network");
        return new PodNetwork.Bridge(List.of());
    }

    private static boolean isClosed(PodNetwork.Mode mode) {
        return mode instanceof PodNetwork.None || mode instanceof PodNetwork.OfContainer;
    }

    private PodSharing sharing() {
        var shm =
                solos.stream()
                        .flatMapToLong(solo -> solo.sharing().infraSpec().shmSize().stream())
                        .max();
        return new PodSharing(
                        true,
                        false,
                        everyone("PID", solo -> solo.sharing().hostPid()),
                        everyone("IPC", solo -> solo.sharing().hostIpc()),
                        shm.isEmpty()
                                ? Optional.empty()
                                : Optional.of(InfraSpec.USUAL.withShmSize(shm)))
                .withUsers(users());
    }

    private Optional<PodUsers> users() {
        var asked = solos.stream().map(solo -> solo.sharing().usersAsked()).distinct().toList();
        if (asked.size() > 1) {
            losses.note(owner, "user namespaces of its containers differ: it has none");
            return Optional.empty();
        }
        return asked.getFirst();
    }

    private boolean everyone(String what, Function<PodSpec, Boolean> of) {
        var count = solos.stream().filter(of::apply).count();
        if (count > 0 && count < solos.size()) {
            losses.note(owner, "the host's " + what + " namespace for some of its containers");
        }
        return count == solos.size();
    }

    private PodSecurity security() {
        var sysctls = united("sysctl", solo -> solo.security().sysctls());
        var groups =
                solos.stream()
                        .flatMap(solo -> solo.security().fsGroup().stream())
                        .distinct()
                        .toList();
        return new PodSecurity(
                sysctls, groups.size() == 1 ? Optional.of(groups.getFirst()) : Optional.empty());
    }
}
