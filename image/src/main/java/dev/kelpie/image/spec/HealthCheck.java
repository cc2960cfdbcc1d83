package dev.kelpie.image.spec;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// How an image wants its containers' health checked: `Healthcheck` of Docker's image
/// configuration, which the image-spec leaves out. What is absent is the engine's to choose.
///
/// @param test `NONE`; or `CMD` and the words of a command; or `CMD-SHELL` and one for the shell;
///   empty inherits
/// @param retries how many failures in a row make it unhealthy
public record HealthCheck(
        List<String> test,
        Optional<Duration> interval,
        Optional<Duration> timeout,
        Optional<Duration> startPeriod,
        Optional<Duration> startInterval,
        Optional<Integer> retries) {

    /// `HEALTHCHECK NONE`.
    public static final HealthCheck NONE =
            new HealthCheck(
                    List.of("NONE"),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    public HealthCheck {
        test = List.copyOf(test);
    }
}
