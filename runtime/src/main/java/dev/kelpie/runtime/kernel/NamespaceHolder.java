package dev.kelpie.runtime.kernel;

import dev.kelpie.runtime.LockHeldException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// The sleeping process that keeps a rootless engine's namespaces while no service runs; the
/// `rootless` script makes it and writes its pid and start time down.
public final class NamespaceHolder {

    private NamespaceHolder() {}

    /// Ends it, once nothing needs the namespaces any more; nothing happens where there is none.
    /// The service has the script's lock, so nobody joins meanwhile. A program of `unshare` that
    /// runs still needs it, and its script ends it.
    ///
    /// @param file with `PID START`
    public static void end(Path file) {
        if (!Files.exists(file)) {
            return;
        }
        try (var _ = LockFile.take(Path.of(file + ".apart"))) {
            ProcessIdentity.parse(Files.readString(file))
                    .ifPresent(process -> process.signal(Signal.KILL));
            Files.deleteIfExists(file);
        } catch (LockHeldException _) {
            // unshare's
        } catch (IOException _) {
            // there is none
        }
    }
}
