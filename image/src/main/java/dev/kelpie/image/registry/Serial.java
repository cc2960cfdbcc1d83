package dev.kelpie.image.registry;

import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// The listener hears one event at a time, whichever thread it comes from.
record Serial<E>(Consumer<E> events, ReentrantLock lock) implements Consumer<E> {

    Serial(Consumer<E> events) {
        this(events, new ReentrantLock());
    }

    @Override
    public void accept(E event) {
        lock.lock();
        try {
            events.accept(event);
        } finally {
            lock.unlock();
        }
    }
}
