package dev.kelpie.engine.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// By what the kernel holds a container's processes back, capabilities apart.
public record Confinement(
        Seccomp seccomp, AppArmor appArmor, Optional<SeLinux> seLinux, ProcView proc) {

    /// What every container gets unasked.
    public static final Confinement USUAL =
            new Confinement(
                    new Seccomp.Usual(), new AppArmor.Usual(), Optional.empty(), ProcView.USUAL);

    /// Which system calls it may make.
    public sealed interface Seccomp {

        /// Those of the engine's profile, where the host has it; all of them if privileged.
        record Usual() implements Seccomp {}

        /// Those of the engine's profile, which the host must have (Kubernetes' `RuntimeDefault`).
        record RuntimeDefault() implements Seccomp {}

        /// All.
        record Unconfined() implements Seccomp {}

        /// Those of a profile file of the host.
        record File(Path path) implements Seccomp {}

        /// Those of a profile file that must lie inside a folder (Kubernetes' `Localhost`).
        record Localhost(Path folder, String profile) implements Seccomp {}
    }

    /// Which profile of AppArmor it runs under.
    public sealed interface AppArmor {

        /// Nobody said.
        record Usual() implements AppArmor {}

        /// The one for containers that the host has loaded (Kubernetes' `RuntimeDefault`).
        record RuntimeDefault() implements AppArmor {}

        /// None.
        record Unconfined() implements AppArmor {}

        /// One that the host has loaded (Kubernetes' `Localhost`).
        record Localhost(String profile) implements AppArmor {}
    }

    /// Parts of the SELinux label; absent ones are those of the field's policy for containers.
    public record SeLinux(
            Optional<String> user,
            Optional<String> role,
            Optional<String> type,
            Optional<String> level) {}

    /// What it sees of /proc and /sys.
    ///
    /// @param masked paths hidden beyond the usual ones
    /// @param unmasked paths or patterns not hidden and not read-only, or `ALL`
    /// @param procOptions of the mount of /proc, as `hidepid=2`
    public record ProcView(List<String> masked, List<String> unmasked, List<String> procOptions) {

        public static final ProcView USUAL = new ProcView(List.of(), List.of(), List.of());

        public ProcView {
            masked = List.copyOf(masked);
            unmasked = List.copyOf(unmasked);
            procOptions = List.copyOf(procOptions);
        }
    }
}
