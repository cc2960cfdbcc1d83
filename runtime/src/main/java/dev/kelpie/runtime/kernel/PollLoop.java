package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;

/// Waits for any number of file descriptors in one thread, poll(2), so that no virtual thread holds
/// its carrier while it waits.
final class PollLoop implements AutoCloseable {

    private static final int EFD_CLOEXEC_NONBLOCK = 0x80000 | 0x800;
    private static final int ENTRY = 8;

    private final ReentrantLock lock = new ReentrantLock();
    private final List<Waiting> arriving = new ArrayList<>();
    private final Fd wake;
    private final Thread thread;
    private volatile boolean closed;

    private record Waiting(int fd, int events, CompletableFuture<Void> ready) {}

    PollLoop() {
        try {
            wake = new Fd(LibC.eventfd(0, EFD_CLOEXEC_NONBLOCK));
        } catch (LastErrorException e) {
            throw Errno.failed("eventfd", "poll loop", e);
        }
        thread = Thread.ofPlatform().daemon().name("poll-loop").start(this::loop);
    }

    /// Completes once when the descriptor has one of `events`, an end or an error; whoever waits
    /// must then look for himself.
    CompletableFuture<Void> ready(Fd fd, int events) {
        var ready = new CompletableFuture<Void>();
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("poll loop is closed");
            }
            arriving.add(new Waiting(fd.number(), events, ready));
        } finally {
            lock.unlock();
        }
        ring();
        return ready;
    }

    /// Waits for `ready`, at most so long; whether it came.
    boolean await(CompletableFuture<Void> ready, Duration longest) throws InterruptedException {
        try {
            ready.get(longest.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException _) {
            return false;
        } catch (ExecutionException e) {
            throw new IllegalStateException("poll loop failed", e);
        } finally {
            if (!ready.isDone()) {
                ready.cancel(false);
                ring(); // the loop forgets it
            }
        }
    }

    private void ring() {
        LibC.write(
                wake.number(),
                ByteBuffer.allocate(8).order(ByteOrder.nativeOrder()).putLong(1).array(),
                new NativeLong(8));
    }

    private void loop() {
        var waiting = new ArrayList<Waiting>();
        while (!closed) {
            takeArriving(waiting);
            var entries = poll(waiting);
            for (int i = waiting.size() - 1; i >= 0; i--) {
                var each = waiting.get(i);
                var happened = entries.getShort((i + 1) * ENTRY + 6) != 0;
                if (happened || each.ready().isDone()) {
                    waiting.remove(i);
                    each.ready().complete(null);
                }
            }
        }
    }

    private void takeArriving(List<Waiting> waiting) {
        lock.lock();
        try {
            waiting.addAll(arriving);
            arriving.clear();
        } finally {
            lock.unlock();
        }
    }

    private ByteBuffer poll(List<Waiting> waiting) {
        var entries =
                ByteBuffer.allocate(ENTRY * (waiting.size() + 1)).order(ByteOrder.nativeOrder());
        entries.putInt(wake.number()).putShort((short) Fd.POLLIN).putShort((short) 0);
        waiting.forEach(each ->
                entries.putInt(each.fd()).putShort((short) each.events()).putShort((short) 0));
        try {
            LibC.poll(entries.array(), new NativeLong(waiting.size() + 1L), -1);
            if (entries.getShort(6) != 0) {
                LibC.read(wake.number(), new byte[8], new NativeLong(8));
            }
        } catch (LastErrorException e) {
            if (e.getErrorCode() != Errno.EINTR && e.getErrorCode() != Errno.EAGAIN) {
                throw Errno.failed("poll", "descriptors", e);
            }
        }
        return entries;
    }

    /// Ends the thread; futures that are still open stay so.
    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        ring();
        try {
            thread.join();
            wake.close();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
