package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.CommandFailedException;
import dev.kelpie.runtime.kernel.ChildProcess;
import dev.kelpie.runtime.kernel.ExitWatch;
import dev.kelpie.runtime.kernel.Fd;
import dev.kelpie.runtime.kernel.LinePipe;
import dev.kelpie.runtime.kernel.MemoryFile;
import dev.kelpie.runtime.kernel.StartPipe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// One started conmon and the pipes it shares with us.
///
/// The start pipe lets us move conmon to its cgroup before it forks; if we die before that, conmon
/// sees its end and goes on.
final class ConmonLaunch implements AutoCloseable {

    /// The variables by which conmon knows its pipes, see conmon(8).
    private static final List<String> PIPES =
            List.of("_OCI_SYNCPIPE", "_OCI_STARTPIPE", "_OCI_ATTACHPIPE");

    /// What conmon may say before it is a daemon.
    private static final int MOST_COMPLAINT = 64 * 1024;

    private final LinePipe sync;
    private final StartPipe start;
    private final ExitWatch watch;
    private final MemoryFile errors = MemoryFile.create("conmon-stderr");
    private @Nullable LinePipe attached;
    private @Nullable ChildProcess started;

    ConmonLaunch(ExitWatch watch) {
        this.watch = watch;
        this.sync = LinePipe.open(watch);
        this.start = StartPipe.open();
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
        launch(conmon, directory, List.of(sync.childEnd(), start.childEnd()));
        placed.accept(pid());
        start.go();
    }

    /// As `run`, for an exec that waits for its client; the pipe given back says when the attach
    /// socket listens.
    LinePipe runAttaching(List<String> conmon, Path directory) {
        var pipe = LinePipe.open(watch);
        attached = pipe;
        launch(conmon, directory, List.of(sync.childEnd(), start.childEnd(), pipe.childEnd()));
        start.go();
        return pipe;
    }

    private void launch(List<String> conmon, Path directory, List<Fd> pipes) {
        try (var nothing = Fd.devNull()) {
            var descriptors = new ArrayList<>(List.of(nothing, nothing, errors.fd()));
            var environment = new TreeMap<>(Command.smallEnvironment());
            for (int i = 0; i < pipes.size(); i++) {
                environment.put(PIPES.get(i), Integer.toString(descriptors.size()));
                descriptors.add(pipes.get(i));
            }
            started = ChildProcess.start(conmon, environment, directory, descriptors);
        } catch (IOException e) {
            throw CommandFailedException.notStarted(conmon, e);
        } finally {
            // conmon's death is seen only when nobody else has its ends
            pipes.forEach(Fd::close);
        }
    }

    private int pid() {
        return started == null ? 0 : started.pid();
    }

    /// Waits until conmon is a daemon and its pid file is written: the process that we started does
    /// that and ends, and the daemon may have reported before.
    void awaitDaemon(Duration atMost) throws InterruptedException {
        if (started != null) {
            var _ = started.await(atMost);
        }
    }

    /// What conmon wrote before it became a daemon: a wrong option, a missing folder.
    String complaint() {
        try {
            return errors.text(MOST_COMPLAINT).strip();
        } catch (IOException _) {
            return "";
        }
    }

    /// Closes our ends of the pipes, except the sync pipe's.
    @Override
    public void close() {
        start.close();
        errors.close();
        if (attached != null) {
            attached.close();
        }
    }
}
