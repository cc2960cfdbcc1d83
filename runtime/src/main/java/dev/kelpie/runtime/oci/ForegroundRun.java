package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.CommandFailedException;
import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.kernel.BytePipe;
import dev.kelpie.runtime.kernel.ChildProcess;
import dev.kelpie.runtime.kernel.Fd;
import dev.kelpie.runtime.kernel.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// A container that lives as long as the call: the OCI runtime's `run`, without conmon. For what
/// nobody will attach to and nothing shall outlive.
public record ForegroundRun(OciRuntime runtime, Bundle bundle, String id) {

    private static final Duration A_WHILE = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS = Duration.ofMillis(200);

    /// Runs it to its end and gives its exit code; what it says on either stream goes to `output`,
    /// in order. Interrupting kills it. A command that cannot be run is a
    /// `ContainerStartException`.
    public int run(Consumer<byte[]> output) throws InterruptedException {
        var pidFile = bundle.folder().resolve("pid");
        var log = bundle.folder().resolve("log");
        var argv = argv(pidFile, log);
        try (var pipe = BytePipe.open();
                var input = Fd.devNull()) {
            var child =
                    ChildProcess.start(
                            argv,
                            Command.smallEnvironment(),
                            Path.of("/"),
                            List.of(input, pipe.childEnd(), pipe.childEnd()));
            pipe.childEnd().close();
            int exit = await(child, pipe, output);
            if (exit != 0) {
                refuseIfNeverRan(pidFile, log);
            }
            return exit;
        } catch (IOException e) {
            throw CommandFailedException.notStarted(argv, e);
        }
    }

    /// Kills what is left of it and lets the runtime forget it.
    public void remove() throws InterruptedException {
        runtime.delete(id, true);
    }

    private List<String> argv(Path pidFile, Path log) {
        var argv = new ArrayList<>(runtime.creator());
        argv.addAll(runtime.globalArguments());
        argv.addAll(List.of("--log=" + log, "--log-format=json", "run"));
        argv.addAll(List.of("--pid-file", pidFile.toString()));
        argv.addAll(List.of("--bundle", bundle.folder().toString(), id));
        return argv;
    }

    private int await(ChildProcess child, BytePipe pipe, Consumer<byte[]> output)
            throws InterruptedException {
        var ended = false;
        try {
            while (true) {
                // a process that it left behind may hold the pipe open after its end
                var exit = child.await(Duration.ZERO);
                var bytes = pipe.read(exit.isPresent() ? LAST_WORDS : A_WHILE);
                var over = bytes.isPresent() && bytes.get().length == 0;
                if (bytes.isPresent() && !over) {
                    output.accept(bytes.get());
                } else if (exit.isPresent()) {
                    ended = true;
                    return exit.getAsInt();
                } else if (over) {
                    exit = child.await(Duration.ofDays(1));
                    ended = true;
                    return exit.orElse(-1);
                }
            }
        } finally {
            if (!ended) {
                kill(child);
            }
        }
    }

    private void kill(ChildProcess child) throws InterruptedException {
        // the runtime passes most signals on, but not this one
        var wasInterrupted = Thread.interrupted();
        try {
            runtime.kill(id, Signal.KILL, true);
            child.await(A_WHILE);
        } finally {
            child.kill();
            if (wasInterrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void refuseIfNeverRan(Path pidFile, Path log) {
        if (Files.exists(pidFile)) {
            var said = RuntimeWords.lastError(read(log));
            if (said.isEmpty()) {
                return;
            }
        }
        var text = RuntimeWords.lastError(read(log)).orElse("the OCI runtime gave no reason");
        throw new ContainerStartException(RuntimeWords.reason(text), text);
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
