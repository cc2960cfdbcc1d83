package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Pitfall 38: STOPSIGNAL may be written in many ways.
class SignalTest {

    @ParameterizedTest
    @CsvSource({
        "TERM,15",
        "SIGTERM,15",
        "sigkill,9",
        "3,3",
        "RTMIN+3,37",
        "SIGRTMAX-1,63",
        "RTMIN,34",
        "SYS,31",
        "64,64"
    })
    void parses(String text, int number) {
        assertThat(Signal.parse(text)).hasValue(number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "SIG", "0", "65", "NONE", "RTMIN+99", "-1", "TERM ME"})
    void refuses(String text) {
        assertThat(Signal.parse(text)).isEmpty();
    }

    @Test
    void names() {
        assertThat(Signal.name(15)).isEqualTo("SIGTERM");
        assertThat(Signal.name(40)).isEqualTo("40");
    }
}
