package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.ConmonDiedException;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.cgroup.ResourceLimits;
import dev.kelpie.runtime.kernel.ExitWatch;
import dev.kelpie.runtime.kernel.LinePipe;
import dev.kelpie.runtime.kernel.NamedPipes;
import dev.kelpie.runtime.kernel.PacketSocket;
import dev.kelpie.runtime.kernel.ProcessIdentity;
import dev.kelpie.runtime.kernel.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntConsumer;

/// The conmon program of this host.
public final class HostConmon implements Conmon {

    /// As long as Podman waits; a slow disk or a big seccomp profile takes its time, a hang does
    /// not end.
    private static final Duration CREATE_TIMEOUT = Duration.ofMinutes(4);

    private final Path program;
    private final Cgroups cgroups;
    private final ExitWatch watch;
    private final ReentrantLock making = new ReentrantLock();

    public HostConmon(Path program, Cgroups cgroups, ExitWatch watch) {
        this.program = program;
        this.cgroups = cgroups;
        this.watch = watch;
    }

    @Override
    public CreatedContainer create(CreateRequest request) throws InterruptedException {
        var files = request.files();
        files.removeStale();
        var created = false;
        try (var launch = new ConmonLaunch(watch);
                var sync = launch.sync()) {
            launch.run(
                    ConmonArguments.create(program, request), files.bundle(), placement(request));
            var result = awaitInit(request, launch, sync);
            created = true;
            return result;
        } finally {
            if (!created) {
                removeHalfMade(request);
            }
        }
    }

    private IntConsumer placement(CreateRequest request) {
        // a move waits for all cores (RCU), which costs more than everything else we do here:
        // inherit where that will do
        if (cgroups.holdsUs(request.conmonCgroup())) {
            return _ -> {};
        }
        return pid -> {
            makeGroup(request.conmonCgroup());
            cgroups.add(request.conmonCgroup(), pid);
        };
    }

    /// One at a time: a v1 group is there before its cpuset is filled, and nobody may join it until
    /// then.
    private void makeGroup(String path) {
        making.lock();
        try {
            if (!cgroups.exists(path)) {
                cgroups.create(path, ResourceLimits.none());
            }
        } finally {
            making.unlock();
        }
    }

    private CreatedContainer awaitInit(CreateRequest request, ConmonLaunch launch, LinePipe sync)
            throws InterruptedException {
        var what = "cannot create container '" + request.name() + "'";
        var line = firstLine(request, launch, sync, what);
        var init = ProcessIdentity.of(line.data());
        launch.awaitDaemon(CREATE_TIMEOUT);
        var conmon = readPid(request.files().conmonPidFile()).flatMap(ProcessIdentity::of);
        if (init.isEmpty() || conmon.isEmpty()) {
            throw new ConmonDiedException(what + ": it ended at once");
        }
        return new CreatedContainer(init.get(), conmon.get());
    }

    /// Who is interrupted waits on all the same: the runtime is at work, and what it makes can be
    /// taken away only once it is there.
    private SyncLine firstLine(
            CreateRequest request, ConmonLaunch launch, LinePipe sync, String what)
            throws InterruptedException {
        var log = request.files().ociLog();
        try {
            return SyncReading.first(sync, launch, log, what, CREATE_TIMEOUT);
        } catch (InterruptedException e) {
            try {
                SyncReading.first(sync, launch, log, what, CREATE_TIMEOUT);
                launch.awaitDaemon(CREATE_TIMEOUT);
            } catch (HostException _) {
                // then there is nothing to be taken away
            }
            throw e;
        }
    }

    /// Never leaves anything, whatever went wrong: conmon first, or it would see the container end
    /// and run the exit command late.
    private void removeHalfMade(CreateRequest request) throws InterruptedException {
        var files = request.files();
        readPid(files.conmonPidFile())
                .flatMap(ProcessIdentity::of)
                .filter(conmon -> ConmonProcess.isOf(conmon, files.id()))
                .ifPresent(conmon -> conmon.signal(Signal.KILL));
        try {
            request.runtime().delete(files.id(), true);
        } catch (HostException e) {
            System.getLogger(HostConmon.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove half-made container", e);
        }
        files.removeAll();
    }

    static Optional<Integer> readPid(Path file) {
        try {
            var text = Files.readString(file).strip();
            return text.matches("[1-9][0-9]{0,8}")
                    ? Optional.of(Integer.valueOf(text))
                    : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public ExecSession exec(ExecRequest request) throws InterruptedException {
        return HostExecSession.start(program, request, watch);
    }

    @Override
    public AttachSession attach(ConmonFiles files) {
        return new HostAttachSession(PacketSocket.connect(files.attachSocket(), watch));
    }

    @Override
    public void resize(ConmonFiles files, int columns, int rows) {
        resize(files.controlPipe(), columns, rows);
    }

    static void resize(Path controlPipe, int columns, int rows) {
        NamedPipes.write(controlPipe, "1 " + rows + " " + columns + "\n");
    }

    @Override
    public void reopenLog(ConmonFiles files) {
        NamedPipes.write(files.controlPipe(), "2 0 0\n");
    }

    static void makeFolders(Path... folders) {
        try {
            for (var folder : folders) {
                Files.createDirectories(folder);
            }
        } catch (IOException e) {
            throw new FileAccessException("cannot make folder for conmon: " + e.getMessage(), e);
        }
    }
}
