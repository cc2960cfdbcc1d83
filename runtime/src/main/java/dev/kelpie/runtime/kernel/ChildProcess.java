package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// A program of the host started with posix_spawn(3): it gets the descriptors that are named and no
/// others, default signal handling, and becomes what it is without a helper in between. The JDK's
/// `ProcessBuilder` hands on descriptors 0 to 2 only, executes a helper program first and keeps a
/// thread for each process: 1.5 ms of processor time more for each.
///
/// When it ends it is reaped, whether somebody waits or not.
public final class ChildProcess {

    private static final int WNOHANG = 1;

    private final int pid;
    private final CompletableFuture<Integer> exit;
    private final ReentrantLock reaping = new ReentrantLock();

    private ChildProcess(int pid, Fd pidfd) {
        this.pid = pid;
        this.exit = Reaper.LOOP.ready(pidfd, Fd.POLLIN).thenApply(_ -> reap(pidfd));
    }

    /// One thread for all.
    private static final class Reaper {
        static final PollLoop LOOP = new PollLoop();
    }

    /// Starts a program, named by its whole path in `argv`.
    ///
    /// @param descriptors what it gets as its descriptors 0, 1, 2 and so on; they stay the caller's
    ///   to close
    /// @throws IOException when the kernel does not start it
    public static ChildProcess start(
            List<String> argv,
            Map<String, String> environment,
            Path directory,
            List<Fd> descriptors)
            throws IOException {
        return of(PosixSpawn.start(argv, environment, directory, descriptors, false));
    }

    /// The same, for one that shall live on without us: it leads a session of its own.
    static ChildProcess startSession(
            List<String> argv,
            Map<String, String> environment,
            Path directory,
            List<Fd> descriptors)
            throws IOException {
        return of(PosixSpawn.start(argv, environment, directory, descriptors, true));
    }

    private static ChildProcess of(int pid) {
        try {
            // it is not reaped yet, so the number is still its own
            return new ChildProcess(pid, ProcessIdentity.openPidfd(pid));
        } catch (LastErrorException e) {
            throw Errno.failed("pidfd_open", Integer.toString(pid), e);
        }
    }

    public int pid() {
        return pid;
    }

    /// Waits for its end, at most so long; its exit code, 128 + number when a signal ended it, or
    /// empty when it still runs.
    public OptionalInt await(Duration longest) throws InterruptedException {
        try {
            return OptionalInt.of(exit.get(longest.toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return OptionalInt.empty();
        } catch (ExecutionException e) {
            throw new IllegalStateException("cannot reap process " + pid, e);
        }
    }

    /// Ends it for good, if it still runs.
    public void kill() {
        reaping.lock();
        try {
            if (!exit.isDone()) {
                LibC.kill(pid, Signal.KILL);
            }
        } catch (LastErrorException e) {
            throw Errno.failed("kill", Integer.toString(pid), e);
        } finally {
            reaping.unlock();
        }
    }

    /// Until then the pid is its own, so `kill` must not come in between.
    private int reap(Fd pidfd) {
        var status = new int[1];
        reaping.lock();
        try (pidfd) {
            LibC.waitpid(pid, status, WNOHANG);
        } catch (LastErrorException e) {
            throw Errno.failed("waitpid", Integer.toString(pid), e);
        } finally {
            reaping.unlock();
        }
        int signal = status[0] & 0x7f;
        return signal == 0 ? (status[0] >> 8) & 0xff : 128 + signal;
    }
}
