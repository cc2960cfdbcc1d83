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
    private final boolean doubling;
    private final Notice notice;

    Backoff(Access access, Duration usual, Notice notice) {
        this.retries = access.retries();
        this.first = access.pause().orElse(usual);
        this.doubling = access.pause().isEmpty();
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
        var pause = longer(doubling ? doubled(failures) : first, asked);
        notice.retrying(reason, pause.toMillis());
        Thread.sleep(pause);
    }

    private Duration doubled(int failures) {
        var doubled = first.multipliedBy(1L << Math.min(failures - 1, 10));
        return doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    /// What a registry asks for has an end too.
    private static Duration longer(Duration ours, Duration asked) {
        var bounded = asked.compareTo(LONGEST) > 0 ? LONGEST : asked;
        return ours.compareTo(bounded) > 0 ? ours : bounded;
    }
}
