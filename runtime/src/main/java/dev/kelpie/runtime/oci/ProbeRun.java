package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.CommandFailedException;
import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.kernel.ProcessIdentity;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.kernel.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// One short command in a container through the runtime's own `exec`.
record ProbeRun(List<String> argv, Path pidFile, Path log, Duration timeout) {

    Command.Result run() throws InterruptedException {
        try {
            var result = Command.of(argv).withTimeout(timeout).attempt();
            // no pid was written: the command never ran, and the exit code is the runtime's own
            if (result.exit() != 0 && !Files.exists(pidFile)) {
                var text =
                        RuntimeWords.lastError(read(log))
                                .orElseGet(() -> RuntimeWords.plain(result.stderr()));
                throw new ContainerStartException(RuntimeWords.reason(text), text);
            }
            return result;
        } catch (CommandFailedException e) {
            killCommand();
            throw e;
        }
    }

    /// Ending the runtime does not end what it started.
    private void killCommand() {
        var text = read(pidFile).strip();
        if (text.matches("[1-9][0-9]{0,8}")) {
            ProcessIdentity.of(Integer.parseInt(text))
                    .ifPresent(process -> process.signal(Signal.KILL));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }

    static void removeFolder(Path folder) {
        var parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            try (var above = RootedDirectory.open(parent)) {
                above.deleteTree(String.valueOf(folder.getFileName()));
            }
        }
    }
}
