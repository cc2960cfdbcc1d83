package dev.kelpie.engine.spec;

import java.util.Optional;

/// In which control group a container and its conmon stand.
///
/// @param group of the caller's unit or the parent that was named; where it is not there when the
///   container starts, the engine's own is used
public record Grouping(Mode mode, Optional<String> group) {
    public static final Grouping USUAL = new Grouping(Mode.ENGINE, Optional.empty());

    /// Who is in which.
    public enum Mode {
        /// Both in groups of the engine's.
        ENGINE,
        /// Both below the group of the unit that was the caller (`--cgroups=split`).
        SPLIT,
        /// The container in the engine's, conmon in the caller's (`--cgroups=no-conmon`).
        CALLERS_CONMON,
        /// The container below a group that was named (`--cgroup-parent`).
        BELOW
    }

    public static Grouping of(Mode mode, String group) {
        return new Grouping(mode, Optional.of(group));
    }
}
