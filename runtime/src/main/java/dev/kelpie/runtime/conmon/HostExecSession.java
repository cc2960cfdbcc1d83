package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.ConmonDiedException;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.conmon.ConmonArguments.ExecFiles;
import dev.kelpie.runtime.kernel.ExitWatch;
import dev.kelpie.runtime.kernel.LinePipe;
import dev.kelpie.runtime.kernel.PacketSocket;
import dev.kelpie.runtime.kernel.ProcessIdentity;
import dev.kelpie.runtime.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;

/// An exec session kept by a conmon of its own. Its sync pipe stays open until the second line, the
/// exit code: conmon 2.1.6 dies when it cannot write that.
final class HostExecSession implements ExecSession {

    private static final Duration START_TIMEOUT = Duration.ofMinutes(4);
    private static final Duration FOR_EVER = Duration.ofDays(365);

    private final ExecFiles files;
    private final LinePipe sync;
    private final Optional<AttachSession> attached;
    private final ProcessIdentity process;
    private final ReentrantLock lock = new ReentrantLock();
    private OptionalInt code = OptionalInt.empty();

    private HostExecSession(
            ExecFiles files,
            LinePipe sync,
            Optional<AttachSession> attached,
            ProcessIdentity process) {
        this.files = files;
        this.sync = sync;
        this.attached = attached;
        this.process = process;
    }

    static ExecSession start(Path conmon, ExecRequest request, ExitWatch watch)
            throws InterruptedException {
        var files = new ExecFiles(request.folder(), request.container().id());
        HostConmon.makeFolders(files.folder(), files.exits(), files.persist());
        LinePipe sync = null;
        var started = false;
        try (var launch = new ConmonLaunch(watch)) {
            sync = launch.sync();
            Files.write(files.processSpec(), SpecJson.write(request.process()));
            var session = start(conmon, request, files, launch, watch);
            started = true;
            return session;
        } catch (IOException e) {
            throw new FileAccessException("cannot write '" + files.processSpec() + "'", e);
        } finally {
            if (!started) {
                if (sync != null) {
                    sync.close();
                }
                Leftovers.deleteTree(files.folder());
            }
        }
    }

    private static ExecSession start(
            Path conmon, ExecRequest request, ExecFiles files, ConmonLaunch launch, ExitWatch watch)
            throws InterruptedException {
        var argv = ConmonArguments.exec(conmon, request, files);
        var what = "cannot run '" + String.join(" ", request.process().args()) + "'";
        Optional<AttachSession> attached = Optional.empty();
        if (request.attach()) {
            var ready = launch.runAttaching(argv, files.folder());
            SyncReading.attachReady(ready, launch, what);
            attached =
                    Optional.of(
                            new HostAttachSession(
                                    PacketSocket.connect(files.attachSocket(), watch)));
            launch.goOn();
        } else {
            launch.run(argv, files.folder(), _ -> {});
        }
        try {
            var line =
                    SyncReading.first(launch.sync(), launch, files.ociLog(), what, START_TIMEOUT);
            var process =
                    ProcessIdentity.of(line.data()).orElse(new ProcessIdentity(line.data(), -1));
            return new HostExecSession(files, launch.sync(), attached, process);
        } catch (dev.kelpie.runtime.HostException e) {
            attached.ifPresent(AttachSession::close);
            throw e;
        }
    }

    @Override
    public ProcessIdentity process() {
        return process;
    }

    @Override
    public Optional<Chunk> read() throws InterruptedException {
        return attached.isPresent() ? attached.get().read() : Optional.empty();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws InterruptedException {
        if (attached.isPresent()) {
            attached.get().write(bytes, offset, length);
        }
    }

    @Override
    public void closeStdin() {
        attached.ifPresent(AttachSession::closeStdin);
    }

    @Override
    public void resize(int columns, int rows) {
        HostConmon.resize(files.controlPipe(), columns, rows);
    }

    @Override
    public int exitCode() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            if (code.isEmpty()) {
                code = OptionalInt.of(readExitCode());
            }
            return code.getAsInt();
        } finally {
            lock.unlock();
        }
    }

    private int readExitCode() throws InterruptedException {
        return switch (sync.readLine(FOR_EVER)) {
            case LinePipe.Outcome.Line(String text) when SyncLine.parse(text).isPresent() ->
                    SyncLine.parse(text).get().data();
            case LinePipe.Outcome.Line _, LinePipe.Outcome.Ended _, LinePipe.Outcome.TimedOut _ ->
                    ExitFiles.code(files.exitFile())
                            .orElseThrow(() ->
                                    new ConmonDiedException(
                                            "the conmon of exec session '"
                                                    + files.folder().getFileName()
                                                    + "' ended without an exit code"));
        };
    }

    /// Leaves the command alone; whoever wants to know its end keeps the session open.
    @Override
    public void close() {
        attached.ifPresent(AttachSession::close);
        Thread.ofVirtual().name("exec-end").start(this::removeWhenEnded);
    }

    private void removeWhenEnded() {
        try {
            exitCode();
        } catch (ConmonDiedException e) {
            System.getLogger(HostExecSession.class.getName())
                    .log(System.Logger.Level.DEBUG, e.getMessage());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            sync.close();
            Leftovers.deleteTree(files.folder());
        }
    }
}
