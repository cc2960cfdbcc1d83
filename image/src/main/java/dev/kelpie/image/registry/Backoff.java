package dev.kelpie.image.registry;

import java.time.Duration;

/// How often and after how long to try again what may pass by itself.
final class Backoff {

    /// Told before each pause.
    interface Notice {
        void retrying(String reason, long delayMillis);
    }

    /// What is worth trying several times.
    interface Attempt<T> {
        T make() throws RegistryFailure, InterruptedException;
    }

    private static final Duration LONGEST = Duration.ofSeconds(30);

    private final int retries;
    private final Duration first;
    private final Notice notice;

    Backoff(int retries, Duration first, Notice notice) {
        this.retries = retries;
        this.first = first;
        this.notice = notice;
    }

    /// Tries until it succeeds, fails for good, or has failed too often.
    <T> T until(Attempt<T> attempt) throws RegistryFailure, InterruptedException {
        for (var failures = 1; ; failures++) {
            try {
                return attempt.make();
            } catch (RegistryFailure e) {
                if (!e.passing || failures > retries) {
                    throw e;
                }
                pause(failures, String.valueOf(e.getMessage()), e.retryAfter);
            }
        }
    }

    /// Waits before attempt `failures` + 1, at least as long as the registry asked for.
    private void pause(int failures, String reason, Duration asked) throws InterruptedException {
        var doubled = first.multipliedBy(1L << Math.min(failures - 1, 10));
        var longer = doubled.compareTo(asked) > 0 ? doubled : asked;
        var pause = longer.compareTo(LONGEST) > 0 ? LONGEST : longer;
        notice.retrying(reason, pause.toMillis());
        Thread.sleep(pause);
    }
}
