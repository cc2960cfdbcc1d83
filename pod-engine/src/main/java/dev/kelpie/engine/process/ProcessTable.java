package dev.kelpie.engine.process;

import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.ProcessReading;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.UserDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Reads what runs in a container.
public final class ProcessTable {

    private ProcessTable() {}

    /// The processes of these pids that still live, in the order of their own pids.
    ///
    /// @param rootfs of the container, for the names of its users
    public static List<ContainerProcess> of(Collection<Integer> pids, Path rootfs, Instant now) {
        var readings =
                pids.stream()
                        .distinct()
                        .flatMap(pid -> ProcessReading.of(pid).stream())
                        .sorted(Comparator.comparingInt(ProcessReading::innerPid))
                        .toList();
        var inner =
                readings.stream()
                        .collect(Collectors.toMap(ProcessReading::pid, ProcessReading::innerPid));
        var around =
                new ContainerProcess.Surroundings(
                        users(rootfs), users(Path.of("/")), inner, now, ProcessReading.uptime());
        return readings.stream().map(reading -> new ContainerProcess(reading, around)).toList();
    }

    /// Every process in the PID namespace that this one is the first of, for containers without a
    /// control group; only itself where it is a guest in another's namespace.
    public static List<Integer> under(int pid) {
        boolean first =
                ProcessReading.of(pid).filter(reading -> reading.innerPid() == 1).isPresent();
        return first ? ProcessReading.pidsOfNamespace(pid) : List.of(pid);
    }

    private static UserDatabase users(Path root) {
        return opened(root)
                .map(directory -> {
                    try (directory) {
                        return UserDatabase.read(directory);
                    }
                })
                .orElseGet(UserDatabase::empty);
    }

    private static Optional<RootedDirectory> opened(Path root) {
        try {
            return Optional.of(RootedDirectory.open(root));
        } catch (HostException _) {
            return Optional.empty();
        }
    }
}
