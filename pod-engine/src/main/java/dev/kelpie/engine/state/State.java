package dev.kelpie.engine.state;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The whole intent at one moment; never changes.
///
/// @param pods by id, oldest first; likewise the others
/// @param addresses by `POD/NETWORK`
/// @param exits by container id
/// @param secrets by id
/// @param brought Services and CronJobs
public record State(
        Map<String, PodRow> pods,
        Map<String, ContainerRow> containers,
        Map<String, VolumeRow> volumes,
        Map<String, NetworkRow> networks,
        Map<String, AddressRow> addresses,
        Map<String, ExitRow> exits,
        Map<String, SecretRow> secrets,
        Brought brought) {

    static final State EMPTY =
            new State(
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Map.of(),
                    Brought.NOTHING);

    /// By `NAMESPACE/NAME`.
    public Map<String, ServiceRow> services() {
        return brought.services();
    }

    /// By `NAMESPACE/NAME`.
    public Map<String, CronRow> crons() {
        return brought.crons();
    }

    public Optional<PodRow> pod(String id) {
        return Optional.ofNullable(pods.get(id));
    }

    public Optional<ContainerRow> container(String id) {
        return Optional.ofNullable(containers.get(id));
    }

    /// A pod's containers: infra first, then init containers, then the others, as in the manifest.
    public List<ContainerRow> members(String pod) {
        var found = new ArrayList<ContainerRow>();
        for (var row : containers.values()) {
            if (row.pod().equals(pod)) {
                found.add(row);
            }
        }
        found.sort(Comparator.comparingInt(ContainerRow::position));
        return found;
    }

    /// The pod or solo container that owns this name now; one that retires or is removed does not.
    public Optional<PodRow> podNamed(String name) {
        return pods.values().stream()
                .filter(row -> !row.solo() && row.name().equals(name) && holdsItsName(row.phase()))
                .findFirst();
    }

    public Optional<ContainerRow> containerNamed(String name) {
        return containers.values().stream()
                .filter(row -> row.name().equals(name) && holdsItsName(row.phase()))
                .findFirst();
    }

    /// The secret of that name; while a play replaces one, the new one.
    public Optional<SecretRow> secretNamed(String name) {
        return secrets.values().stream()
                .filter(row -> row.name().equals(name))
                .reduce((_, later) -> later);
    }

    /// A pod's addresses, first network first.
    public List<AddressRow> addressesOf(String pod) {
        return addresses.values().stream()
                .filter(row -> row.pod().equals(pod))
                .sorted(Comparator.comparingInt(AddressRow::index))
                .toList();
    }

    /// Ids of containers that mount this volume.
    public List<String> usersOf(String volume) {
        return containers.values().stream()
                .filter(row -> mounts(row, volume))
                .map(ContainerRow::id)
                .toList();
    }

    private boolean mounts(ContainerRow row, String volume) {
        if (row.image().volumes().containsValue(volume)) {
            return true;
        }
        return pod(row.pod()).stream()
                .flatMap(pod -> namedVolumes(pod, row))
                .anyMatch(volume::equals);
    }

    private static Stream<String> namedVolumes(PodRow pod, ContainerRow row) {
        var mounted = row.spec().mounts().stream().map(mount -> mount.volume()).toList();
        return pod.spec().volumes().stream()
                .filter(volume -> mounted.contains(volume.name()))
                .flatMap(volume ->
                        volume.source() instanceof dev.kelpie.engine.spec.Volume.Named named
                                ? Stream.of(named.claimName())
                                : Stream.empty());
    }

    private static boolean holdsItsName(Phase phase) {
        return phase != Phase.RETIRING;
    }
}
