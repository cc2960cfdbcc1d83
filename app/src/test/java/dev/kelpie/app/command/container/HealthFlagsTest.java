package dev.kelpie.app.command.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.HealthCheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class HealthFlagsTest {
    private static final HealthCheck OLD =
            flags(
                            "--health-cmd=true",
                            "--health-retries=7",
                            "--health-on-failure=kill",
                            "--health-max-log-count=9",
                            "--health-startup-cmd=ready",
                            "--health-startup-success=2")
                    .check();

    private static HealthFlags flags(String... words) {
        return CommandLine.populateCommand(new HealthFlags(), words);
    }

    @Test
    void whatIsNotSaidStays() {
        assertThat(flags().over(OLD)).isEqualTo(OLD);
        var other = flags("--health-interval=5s").over(OLD);
        assertThat(other.interval()).contains(Duration.ofSeconds(5));
        assertThat(other.test()).isEqualTo(List.of("CMD-SHELL", "true"));
        assertThat(other.retries()).contains(7);
        assertThat(other.onFailure()).isEqualTo(HealthCheck.OnFailure.KILL);
        assertThat(other.startup()).isEqualTo(OLD.startup());
        assertThat(other.log().count()).isEqualTo(9);
    }

    @Test
    void whatIsUsualCanBeSaidAgain() {
        assertThat(flags("--health-on-failure=none").over(OLD).onFailure())
                .isEqualTo(HealthCheck.OnFailure.NONE);
        assertThat(flags("--health-max-log-count=5").over(OLD).log())
                .isEqualTo(HealthCheck.HealthLog.USUAL);
        assertThat(flags("--no-healthcheck").over(OLD).off()).isTrue();
    }

    @Test
    void aStartupCheckIsAskedOtherwise() {
        var startup =
                flags("--health-startup-interval=3s", "--health-startup-retries=4")
                        .over(OLD)
                        .startup()
                        .orElseThrow();
        assertThat(startup.period()).isEqualTo(Duration.ofSeconds(3));
        assertThat(startup.failureThreshold()).isEqualTo(4);
        assertThat(startup.successThreshold()).isEqualTo(2);
        assertThat(Optional.of(startup.handler()))
                .isEqualTo(OLD.startup().map(probe -> probe.handler()));
        var none = flags("--health-startup-timeout=3s");
        assertThatThrownBy(() -> none.over(HealthCheck.OFF)).hasMessageContaining("startup-cmd");
    }
}
