package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.kernel.NamedPipes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/// The pipe `exec.fifo` in a container's state folder at which crun lets a created container wait:
/// a byte in it is all that `crun start` does when there are no hooks to run after the start, and
/// the program for it costs 2 ms (ADR 0012).
///
/// @param stateRoot where crun keeps a folder for each container
record StartGate(Path stateRoot) {

    private static final String HOOKS = "\"poststart\"";

    /// Lets the container go; false when that is left to the program, which knows more: of hooks,
    /// of what else is wrong, and of how a newer version does it.
    boolean open(String id) {
        var folder = stateRoot.resolve(id);
        return hasNoHooks(folder.resolve("config.json"))
                && NamedPipes.writeOnce(folder.resolve("exec.fifo"), "0");
    }

    private static boolean hasNoHooks(Path config) {
        try {
            return !Files.readString(config, StandardCharsets.ISO_8859_1).contains(HOOKS);
        } catch (IOException _) {
            return false;
        }
    }
}
