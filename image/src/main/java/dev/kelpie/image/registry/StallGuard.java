package dev.kelpie.image.registry;

import java.io.InputStream;
import java.time.Duration;

/// Closes a body that brings nothing for a minute; the reader then gets an `IOException`.
final class StallGuard implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Thread thread;
    private volatile long last = System.nanoTime();

    StallGuard(InputStream body) {
        thread = Thread.ofVirtual().name("stall-guard").start(() -> watch(body));
    }

    void alive() {
        last = System.nanoTime();
    }

    private void watch(InputStream body) {
        try {
            while (System.nanoTime() - last < PATIENCE.toNanos()) {
                Thread.sleep(Duration.ofSeconds(5));
            }
            Wire.closeQuietly(body);
        } catch (InterruptedException e) {
            // the download is over
        }
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
