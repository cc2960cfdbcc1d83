package dev.kelpie.app.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ServiceOptionsTest {
    private static final List<String> WORDS =
            List.of(
                    "--root",
                    "/r",
                    "--runroot",
                    "/run/r",
                    "--socket",
                    "/run/r/s",
                    "--home",
                    "/h",
                    "--build",
                    "b",
                    "--time",
                    "7");

    @Test
    void comesBackFromItsOwnWords() {
        var options = ServiceOptions.parse(WORDS);

        assertThat(options.idle()).isEqualTo(Duration.ofSeconds(7));
        assertThat(ServiceOptions.parse(options.toArguments())).isEqualTo(options);
    }

    @Test
    void staysAMinuteWhenNotTold() {
        assertThat(ServiceOptions.parse(WORDS.subList(0, 10)).idle())
                .isEqualTo(Duration.ofMinutes(1));
    }

    @Test
    void refusesWhatIsMissing() {
        assertThatThrownBy(() -> ServiceOptions.parse(WORDS.subList(2, 12)))
                .hasMessage("option --root is missing");
    }

    @Test
    void refusesARelativeRoot() {
        assertThatThrownBy(() -> ServiceOptions.parse(List.of("--root", "r")))
                .hasMessage("option --root must be absolute, was 'r'");
    }
}
