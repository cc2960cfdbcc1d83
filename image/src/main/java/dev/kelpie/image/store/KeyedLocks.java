package dev.kelpie.image.store;

import dev.kelpie.image.spec.Digest;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/// One lock per digest while somebody wants it, so that the same content is fetched once.
final class KeyedLocks {

    /// Held until closed.
    interface Held extends AutoCloseable {
        @Override
        void close();
    }

    private static final class Counted {
        final ReentrantLock lock = new ReentrantLock();
        int wanted;
    }

    private final Map<Digest, Counted> locks = new HashMap<>();

    Held lock(Digest key) throws InterruptedException {
        Counted counted;
        synchronized (locks) {
            counted = locks.computeIfAbsent(key, any -> new Counted());
            counted.wanted++;
        }
        try {
            counted.lock.lockInterruptibly();
        } catch (InterruptedException e) {
            forget(key, counted);
            throw e;
        }
        return () -> {
            counted.lock.unlock();
            forget(key, counted);
        };
    }

    private void forget(Digest key, Counted counted) {
        synchronized (locks) {
            if (--counted.wanted == 0) {
                locks.remove(key);
            }
        }
    }
}
