package dev.kelpie.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthCheckTest {

    private static HealthCheck of(List<String> test, Optional<Duration> interval) {
        return new HealthCheck(
                test,
                interval,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                HealthCheck.OnFailure.NONE,
                Optional.empty(),
                HealthCheck.HealthLog.USUAL);
    }

    private static final Optional<HealthCheck> IMAGE =
            Optional.of(
                    of(List.of("CMD-SHELL", "test -e /ok"), Optional.of(Duration.ofSeconds(7))));

    @Test
    void takesFromTheImageWhatItLeavesOpen() {
        var merged = of(List.of(), Optional.of(Duration.ofSeconds(2))).over(IMAGE);
        assertThat(merged.command().command()).containsExactly("/bin/sh", "-c", "test -e /ok");
        assertThat(merged.probe().period()).isEqualTo(Duration.ofSeconds(2));
        assertThat(HealthCheck.OF_IMAGE.over(IMAGE).probe().period())
                .isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void isOffWhenNobodySaysWhatToAsk() {
        assertThat(HealthCheck.OF_IMAGE.over(Optional.empty()).off()).isTrue();
        assertThat(HealthCheck.OFF.over(IMAGE).off()).isTrue();
    }

    @Test
    void asksEveryHalfMinuteThreeTimesUnlessToldOtherwise() {
        var probe = of(List.of("CMD", "true"), Optional.empty()).probe();
        assertThat(probe.period()).isEqualTo(Duration.ofSeconds(30));
        assertThat(probe.failureThreshold()).isEqualTo(3);
    }
}
