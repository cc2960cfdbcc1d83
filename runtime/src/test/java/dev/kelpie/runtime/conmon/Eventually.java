package dev.kelpie.runtime.conmon;

import java.time.Duration;

/// Waits for something that another process does.
final class Eventually {

    private Eventually() {}

    interface Condition {
        boolean holds() throws Exception;
    }

    static void holds(Condition condition) throws Exception {
        var deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("does not come true within 20 s");
            }
            Thread.sleep(5);
        }
    }
}
