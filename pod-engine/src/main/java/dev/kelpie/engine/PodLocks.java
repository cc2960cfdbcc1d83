package dev.kelpie.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// One lock per pod. Taken several at once only in the order of their ids, and never held while an
/// image comes or a container gets its time to stop. Who starts a pod may hold it while an init
/// container runs, but looks whether somebody wants to end the pod and gives way.
final class PodLocks {

    private record PodLock(ReentrantLock lock, AtomicInteger enders) {}

    private final ConcurrentHashMap<String, PodLock> locks = new ConcurrentHashMap<>();

    /// Held locks; closing lets go of them.
    interface Held extends AutoCloseable {
        @Override
        void close();
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

    /// Whether somebody waits to end this pod.
    boolean isToEnd(String pod) {
        return of(pod).enders().get() > 0;
    }

    private PodLock of(String pod) {
        return locks.computeIfAbsent(
                pod, _ -> new PodLock(new ReentrantLock(), new AtomicInteger()));
    }

    private static void release(List<Held> held) {
        held.reversed().forEach(Held::close);
    }
}
