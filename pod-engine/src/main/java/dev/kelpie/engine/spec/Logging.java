package dev.kelpie.engine.spec;

import java.util.Optional;
import java.util.OptionalLong;

/// Where the output of a container goes.
///
/// @param maxBytes the file begins anew when it grows beyond
/// @param tag a name for its lines in the journal
public record Logging(Driver driver, OptionalLong maxBytes, Optional<String> tag) {
    public static final Logging USUAL =
            new Logging(Driver.K8S_FILE, OptionalLong.empty(), Optional.empty());

    /// What keeps the lines.
    public enum Driver {
        /// A file of the engine's.
        K8S_FILE,
        /// The journal, and the engine's file too, from which `logs` reads.
        JOURNALD,
        /// Nothing: the output is dropped.
        NONE
    }
}
