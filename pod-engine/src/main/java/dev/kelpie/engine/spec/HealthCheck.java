package dev.kelpie.engine.spec;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/// A container's HEALTHCHECK as Podman and Docker know it; what is absent or empty is taken from
/// the image's when the container is made.
///
/// @param test as Docker writes it: `CMD` and arguments, `CMD-SHELL` and one line, or `NONE`
/// @param startPeriod failures in it do not count, a success ends it
/// @param startup asked first; until it has passed the check itself is not
public record HealthCheck(
        List<String> test,
        Optional<Duration> interval,
        Optional<Duration> timeout,
        Optional<Duration> startPeriod,
        Optional<Integer> retries,
        OnFailure onFailure,
        Optional<Probe> startup,
        HealthLog log) {

    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final int USUAL_RETRIES = 3;

    /// None, whatever the image says.
    public static final HealthCheck OFF = of(List.of("NONE"));

    /// As the image says.
    public static final HealthCheck OF_IMAGE = of(List.of());

    /// What happens to a container that became unhealthy.
    public enum OnFailure {
        NONE,
        KILL,
        RESTART,
        STOP
    }

    /// How much is kept of the last checks.
    ///
    /// @param count of checks, 0 for no end
    /// @param size of each output in characters, 0 for no end
    public record HealthLog(int count, int size) {
        public static final HealthLog USUAL = new HealthLog(5, 500);
    }

    public HealthCheck {
        test = List.copyOf(test);
        onFailure = Objects.requireNonNullElse(onFailure, OnFailure.NONE);
        log = Objects.requireNonNullElse(log, HealthLog.USUAL);
    }

    private static HealthCheck of(List<String> test) {
        return new HealthCheck(
                test,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                OnFailure.NONE,
                Optional.empty(),
                HealthLog.USUAL);
    }

    /// Whether nothing is asked; never true of one whose image may bring a check.
    public boolean off() {
        return test.equals(List.of("NONE"));
    }

    /// This one, with what it leaves open as the image has it; off when neither says what to ask.
    public HealthCheck over(Optional<HealthCheck> image) {
        if (test.isEmpty() && (image.isEmpty() || image.get().test().isEmpty())) {
            return OFF;
        }
        return new HealthCheck(
                test.isEmpty() ? image.orElse(OFF).test() : test,
                interval.or(() -> image.flatMap(HealthCheck::interval)),
                timeout.or(() -> image.flatMap(HealthCheck::timeout)),
                startPeriod.or(() -> image.flatMap(HealthCheck::startPeriod)),
                retries.or(() -> image.flatMap(HealthCheck::retries)),
                onFailure,
                startup,
                log);
    }

    /// What is run in the container.
    public Handler.Exec command() {
        return switch (test.isEmpty() ? "" : test.getFirst()) {
            case "CMD" -> new Handler.Exec(test.subList(1, test.size()));
            case "CMD-SHELL" ->
                    new Handler.Exec(
                            List.of(
                                    "/bin/sh",
                                    "-c",
                                    String.join(" ", test.subList(1, test.size()))));
            default -> new Handler.Exec(test);
        };
    }

    /// The question by itself, defaults filled in.
    public Probe probe() {
        return new Probe(
                command(),
                Duration.ZERO,
                timeout.orElse(USUAL),
                interval.orElse(USUAL),
                1,
                retries.orElse(USUAL_RETRIES),
                Optional.empty());
    }
}
