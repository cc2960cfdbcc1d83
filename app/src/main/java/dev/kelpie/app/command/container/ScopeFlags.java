package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.ByteSize;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.InfraSpec;
import dev.kelpie.engine.spec.PodSharing;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/// Flags on which namespaces a new container has for itself.
final class ScopeFlags {
    @Option(names = "--pid", description = "Process namespace: private (default), host")
    String pid = "private";

    @Option(names = "--ipc", description = "IPC namespace: private (default), shareable, host")
    String ipc = "private";

    @Option(names = "--uts", description = "UTS namespace: private, the only one yet")
    String uts = "private";

    @Option(names = "--cgroupns", description = "Cgroup namespace: private, the only one yet")
    String cgroupns = "private";

    @Option(names = "--shm-size", description = "Size of /dev/shm: 64m, 1g")
    String shmSize = "";

    /// What a container outside any pod shares with the host.
    PodSharing solo() {
        require("--uts", uts, List.of("private", ""));
        require("--cgroupns", cgroupns, List.of("private", ""));
        require("--pid", pid, List.of("private", "host", ""));
        require("--ipc", ipc, List.of("private", "shareable", "host", ""));
        var shm = shm();
        var said =
                shm.isEmpty()
                        ? Optional.<InfraSpec>empty()
                        : Optional.of(InfraSpec.USUAL.withShmSize(shm));
        return new PodSharing(false, false, pid.equals("host"), ipc.equals("host"), said);
    }

    private static void require(String flag, String value, List<String> known) {
        if (!known.contains(value)) {
            throw FlagException.meaning(flag + "=" + value + " is not supported yet");
        }
    }

    private OptionalLong shm() {
        if (shmSize.isEmpty()) {
            return OptionalLong.empty();
        }
        long bytes = ByteSize.parse("--shm-size", shmSize);
        if (bytes == 0) {
            throw FlagException.meaning("--shm-size must be more than 0, was \"" + shmSize + "\"");
        }
        return OptionalLong.of(bytes);
    }
}
