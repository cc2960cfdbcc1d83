package dev.kelpie.engine;

import dev.kelpie.runtime.HostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;

/// Keeps the host's networks telling of Services what is true: looks whenever something has become
/// ready, or is not any more, and does nothing when that changes no answer.
final class ServiceWatch implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ServiceWatch.class.getName());

    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Core core;
    private final ReentrantLock lock = new ReentrantLock();
    private final AtomicBoolean waiting = new AtomicBoolean();
    private volatile boolean closed;

    ServiceWatch(Core core) {
        this.core = core;
    }

    /// Something may have changed; looked at in the background, many changes at once.
    void look() {
        if (!needed() || !waiting.compareAndSet(false, true)) {
            return;
        }
        Thread.startVirtualThread(this::lookQuietly);
    }

    private boolean needed() {
        return !closed
                && (!core.store.now().services().isEmpty() || !core.endpoints.told().isEmpty());
    }

    private void lookQuietly() {
        try {
            lookNow();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (HostException e) {
            if (!closed) {
                LOG.log(System.Logger.Level.WARNING, "cannot lead to services", e);
                core.timers.after(RETRY, this::look);
            }
        }
    }

    /// Returns when the networks know.
    void lookNow() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            waiting.set(false);
            var now = core.endpoints.of(core.store.now());
            if (!closed && !now.equals(core.endpoints.told())) {
                core.steps.at("services.serve");
                core.network.serve();
                core.endpoints.tell(now);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
