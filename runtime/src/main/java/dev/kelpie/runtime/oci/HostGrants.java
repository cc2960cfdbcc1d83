package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.kernel.Capability;
import dev.kelpie.runtime.kernel.Kernel;
import dev.kelpie.runtime.kernel.Kernel.Limit;
import dev.kelpie.runtime.kernel.LimitKind;
import dev.kelpie.runtime.kernel.UserNamespace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/// What this host lets containers have; asking for more makes the OCI runtimes fail.
///
/// @param bounding capabilities that can be had at all
/// @param limits the limits of this process
/// @param mayRaiseLimits whether the host gave us CAP_SYS_RESOURCE: only then may a hard limit be
///   raised and the OOM score be lowered
/// @param oomScoreAdj of this process
public record HostGrants(
        Set<Capability> bounding,
        Map<LimitKind, Limit> limits,
        boolean mayRaiseLimits,
        int oomScoreAdj,
        boolean mqueue,
        Machine machine) {

    public HostGrants {
        bounding = Set.copyOf(bounding);
        limits = Map.copyOf(limits);
    }

    /// What seccomp profiles decide by: the architecture in Go's words and the kernel release.
    public record Machine(String architecture, String kernelRelease) {}

    /// Asks this host.
    public static HostGrants ofThisHost() {
        var limits = new EnumMap<LimitKind, Limit>(LimitKind.class);
        for (var kind : LimitKind.values()) {
            limits.put(kind, Kernel.limit(kind));
        }
        var bounding = Kernel.boundingSet();
        return new HostGrants(
                bounding,
                limits,
                bounding.contains(Capability.SYS_RESOURCE) && UserNamespace.isInitial(),
                number(text(Path.of("/proc/self/oom_score_adj"))),
                text(Path.of("/proc/filesystems")).contains("\tmqueue"),
                new Machine(goArchitecture(System.getProperty("os.arch", "")), Kernel.release()));
    }

    /// The same for a container whose root is nobody on the host: what concerns the whole host it
    /// cannot have.
    HostGrants inOwnUserNamespace() {
        return new HostGrants(bounding, limits, false, oomScoreAdj, mqueue, machine);
    }

    static String goArchitecture(String java) {
        return switch (java) {
            case "aarch64" -> "arm64";
            case "x86_64" -> "amd64";
            default -> java;
        };
    }

    private static int number(String text) {
        return text.matches("-?[0-9]{1,4}\\s*") ? Integer.parseInt(text.strip()) : 0;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
