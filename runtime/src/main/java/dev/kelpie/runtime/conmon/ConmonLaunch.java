package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.CommandFailedException;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.kernel.ExitWatch;
import dev.kelpie.runtime.kernel.LinePipe;
import dev.kelpie.runtime.kernel.StartPipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// One started conmon and the pipes it shares with us.
///
/// ProcessBuilder passes no descriptor but 0 to 2, so the pipes are named ones that a line of shell
/// opens before it becomes conmon. The sync pipe is opened by us first and by the shell for writing
/// only: when conmon dies silently, we see the end of file. The start pipe lets us move conmon to
/// its cgroup before it forks; if we die before that, conmon sees its end and goes on.
final class ConmonLaunch implements AutoCloseable {

    private static final String SHELL_LINE =
            "umask 0022; export _OCI_SYNCPIPE=3 _OCI_STARTPIPE=4; exec 3>\"$1\" 4<\"$2\"; shift 2; exec \"$@\"";
    private static final String ATTACHING_SHELL_LINE =
            "umask 0022; export _OCI_SYNCPIPE=3 _OCI_STARTPIPE=4 _OCI_ATTACHPIPE=5;"
                    + " exec 3>\"$1\" 4<\"$2\" 5>\"$3\"; shift 3; exec \"$@\"";

    private final Path folder;
    private final List<Path> pipes = new ArrayList<>();
    private final List<LinePipe> ends = new ArrayList<>();
    private final LinePipe sync;
    private final StartPipe start;
    private final ExitWatch watch;
    private @Nullable Process started;

    /// Makes the pipes in `folder`, where no other launch works at the same time.
    ConmonLaunch(Path folder, ExitWatch watch) {
        this.folder = folder;
        this.watch = watch;
        this.sync = LinePipe.create(fresh("conmon-sync"), watch);
        this.start = StartPipe.create(fresh("conmon-start"));
    }

    /// What conmon tells about the container or command; stays open after `close`.
    LinePipe sync() {
        return sync;
    }

    /// The second byte of an attached exec: the client is connected.
    void goOn() {
        start.go();
    }

    /// Starts conmon with `directory` as its working directory and lets it go once `placed` has had
    /// its pid.
    void run(List<String> conmon, Path directory, IntConsumer placed) {
        launch(SHELL_LINE, conmon, directory, placed);
    }

    /// As `run`, for an exec that waits for its client; the pipe given back says when the attach
    /// socket listens.
    LinePipe runAttaching(List<String> conmon, Path directory, IntConsumer placed) {
        var attached = LinePipe.create(fresh("conmon-attach"), watch);
        ends.add(attached);
        launch(ATTACHING_SHELL_LINE, conmon, directory, placed);
        return attached;
    }

    private void launch(String shellLine, List<String> conmon, Path directory, IntConsumer placed) {
        var argv = new ArrayList<>(List.of("/bin/sh", "-c", shellLine, "sh"));
        pipes.forEach(pipe -> argv.add(pipe.toString()));
        argv.addAll(conmon);
        var builder =
                new ProcessBuilder(argv)
                        .directory(directory.toFile())
                        .redirectInput(Path.of("/dev/null").toFile())
                        .redirectOutput(Path.of("/dev/null").toFile())
                        .redirectError(errorFile().toFile());
        builder.environment().clear();
        builder.environment().putAll(Command.smallEnvironment());
        try {
            var process = builder.start();
            started = process;
            placed.accept(Math.toIntExact(process.pid()));
            start.go();
        } catch (IOException e) {
            throw CommandFailedException.notStarted(conmon, e);
        }
    }

    /// Waits until conmon is a daemon and its pid file is written: the process that we started does
    /// that and ends, and the daemon may have reported before.
    void awaitDaemon(Duration atMost) throws InterruptedException {
        if (started != null) {
            started.waitFor(atMost);
        }
    }

    /// What conmon wrote before it became a daemon: a wrong option, a missing folder.
    String complaint() {
        try {
            return Files.exists(errorFile()) ? Files.readString(errorFile()).strip() : "";
        } catch (IOException _) {
            return "";
        }
    }

    private Path errorFile() {
        return folder.resolve("conmon-stderr");
    }

    private Path fresh(String name) {
        var pipe = folder.resolve(name);
        delete(pipe);
        pipes.add(pipe);
        return pipe;
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new FileAccessException("cannot delete '" + file + "'", e);
        }
    }

    /// Removes the names of the pipes and our ends of them, except the sync pipe's.
    @Override
    public void close() {
        start.close();
        ends.forEach(LinePipe::close);
        pipes.forEach(ConmonLaunch::delete);
        delete(errorFile());
    }
}
