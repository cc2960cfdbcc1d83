package dev.kelpie.runtime.kernel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The sleeping process that keeps a rootless engine's namespaces while no service runs; the
/// `rootless` script makes it and writes its pid and start time down.
public final class NamespaceHolder {

    private NamespaceHolder() {}

    /// Ends it, once nothing needs the namespaces any more; nothing happens where there is none.
    /// The service has the script's lock, so nobody joins meanwhile.
    ///
    /// @param file with `PID START`
    public static void end(Path file) {
        try {
            ProcessIdentity.parse(Files.readString(file))
                    .ifPresent(process -> process.signal(Signal.KILL));
            Files.deleteIfExists(file);
        } catch (IOException _) {
            // there is none
        }
    }
}
