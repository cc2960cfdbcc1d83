package dev.kelpie.image.registry;

import java.time.Duration;
import java.util.function.Consumer;

/// How often and after how long to try again what may pass by itself.
final class Backoff {

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final int retries;
    private final Duration first;
    private final Consumer<PullEvent> events;

    Backoff(int retries, Duration first, Consumer<PullEvent> events) {
        this.retries = retries;
        this.first = first;
        this.events = events;
    }

    boolean again(int failures) {
        return failures <= retries;
    }

    /// Waits before attempt `failures` + 1, at least as long as the registry asked for.
    void pause(int failures, String reason, Duration asked) throws InterruptedException {
        var doubled = first.multipliedBy(1L << Math.min(failures - 1, 10));
        var longer = doubled.compareTo(asked) > 0 ? doubled : asked;
        var pause = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        events.accept(new PullEvent.Retrying(reason, pause.toMillis()));
        Thread.sleep(pause);
    }
}
