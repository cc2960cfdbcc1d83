package dev.kelpie.app.session;

import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// Tells listeners of signals and sizes, one after another on one thread, which lives as long as
/// there was a listener and the session goes on. What comes faster than it is heard is dropped, as
/// signals are.
final class Events {
    private final String name;
    private final BlockingQueue<Runnable> queue = new ArrayBlockingQueue<>(64);
    private final List<Consumer<Signal>> signalHandlers = new CopyOnWriteArrayList<>();
    private final List<Consumer<TerminalSize>> sizeListeners = new CopyOnWriteArrayList<>();
    private volatile boolean stopped;
    private boolean started;

    Events(String name) {
        this.name = name;
    }

    Registration onSignal(Consumer<Signal> handler) {
        signalHandlers.add(handler);
        return () -> signalHandlers.remove(handler);
    }

    Registration onResize(Consumer<TerminalSize> listener) {
        sizeListeners.add(listener);
        return () -> sizeListeners.remove(listener);
    }

    /// Returns false when nobody listens.
    boolean signalled(Signal signal) {
        if (signalHandlers.isEmpty()) {
            return false;
        }
        tell(() -> signalHandlers.forEach(each -> each.accept(signal)));
        return true;
    }

    void resized(TerminalSize size) {
        if (!sizeListeners.isEmpty()) {
            tell(() -> sizeListeners.forEach(each -> each.accept(size)));
        }
    }

    void stop() {
        stopped = true;
        queue.clear();
        queue.offer(() -> {});
    }

    private synchronized void tell(Runnable event) {
        if (queue.offer(event) && !started && !stopped) {
            started = true;
            Thread.ofVirtual().name(name + "-events").start(this::deliver);
        }
    }

    private void deliver() {
        try {
            while (!stopped) {
                queue.take().run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
