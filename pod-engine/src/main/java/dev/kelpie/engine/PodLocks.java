package dev.kelpie.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;

/// One lock per pod. Taken several at once only in the order of their ids, and never held while an
/// image comes or a container gets its time to stop. Who starts a pod may hold it while an init
/// container or a hook runs, but looks whether somebody wants to end the pod and gives way, and
/// lends it meanwhile to whoever looks after a neighbour.
final class PodLocks {

    private static final Duration GLANCE = Duration.ofMillis(20);

    private record PodLock(
            ReentrantLock lock,
            AtomicInteger enders,
            AtomicReference<Optional<ReentrantLock>> beside) {}

    private final ConcurrentHashMap<String, PodLock> locks = new ConcurrentHashMap<>();

    /// Held locks; closing lets go of them.
    interface Held extends AutoCloseable {
        @Override
        void close();

        /// Whether the lock itself is held by who waits, see [#lend].
        default boolean beside() {
            return false;
        }
    }

    /// A door of a lock that was lent.
    private record Door(ReentrantLock lock) implements Held {
        @Override
        public void close() {
            lock.unlock();
        }

        @Override
        public boolean beside() {
            return true;
        }
    }

    Held take(String pod) throws InterruptedException {
        var lock = of(pod).lock();
        lock.lockInterruptibly();
        return lock::unlock;
    }

    /// All of them, in the one order.
    Held takeAll(Collection<String> pods) throws InterruptedException {
        var held = new ArrayList<Held>();
        try {
            for (var pod : pods.stream().sorted().distinct().toList()) {
                held.add(take(pod));
            }
            return () -> release(held);
        } catch (InterruptedException e) {
            release(held);
            throw e;
        }
    }

    /// As `take`, and asks whoever starts the pod to give way.
    Held takeToEnd(String pod) throws InterruptedException {
        var lock = of(pod);
        lock.enders().incrementAndGet();
        try {
            return take(pod);
        } finally {
            lock.enders().decrementAndGet();
        }
    }

    /// For whoever waits for one container of a pod whose lock is held for it: until this is closed
    /// others may look after its neighbours, one at a time.
    Held lend(String pod) {
        var beside = of(pod).beside();
        var door = new ReentrantLock();
        var free = beside.get();
        if (free.isPresent() || !beside.compareAndSet(free, Optional.of(door))) {
            return () -> {};
        }
        return () -> {
            door.lock();
            try {
                beside.set(Optional.empty());
            } finally {
                door.unlock();
            }
        };
    }

    /// Whether who holds the lock lets others look after containers.
    boolean isLent(String pod) {
        return of(pod).beside().get().isPresent();
    }

    /// As `take`, or beside who holds it and waits: to look after a single container.
    Held takeBeside(String pod) throws InterruptedException {
        var lock = of(pod);
        while (true) {
            var door = lock.beside().get();
            if (door.isPresent()) {
                door.get().lockInterruptibly();
                if (lock.beside().get().equals(door)) {
                    return new Door(door.get());
                }
                door.get().unlock();
            } else if (lock.lock().tryLock(GLANCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return lock.lock()::unlock;
            }
        }
    }

    /// Whether somebody waits to end this pod.
    boolean isToEnd(String pod) {
        return of(pod).enders().get() > 0;
    }

    private PodLock of(String pod) {
        return locks.computeIfAbsent(
                pod,
                _ ->
                        new PodLock(
                                new ReentrantLock(),
                                new AtomicInteger(),
                                new AtomicReference<>(Optional.empty())));
    }

    private static void release(List<Held> held) {
        held.reversed().forEach(Held::close);
    }
}
