package dev.kelpie.app.flag;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.Logging;
import java.util.List;
import org.junit.jupiter.api.Test;

class LogFlagTest {

    @Test
    void keepsAFileUnlessAUnitsReaderLooksIntoTheJournal() {
        assertThat(LogFlag.parse("", List.of(), false)).isEqualTo(Logging.USUAL);
        assertThat(LogFlag.parse("", List.of(), true).driver()).isEqualTo(Logging.Driver.JOURNALD);
        assertThat(LogFlag.parse("passthrough", List.of(), true).driver())
                .isEqualTo(Logging.Driver.JOURNALD);
        assertThat(LogFlag.parse("k8s-file", List.of(), true).driver())
                .isEqualTo(Logging.Driver.K8S_FILE);
    }

    @Test
    void takesSizeAndTag() {
        var log = LogFlag.parse("journald", List.of("max-size=1m", "tag=web"), false);
        assertThat(log.maxBytes()).hasValue(1 << 20);
        assertThat(log.tag()).contains("web");
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> LogFlag.parse("syslog", List.of(), false))
                .hasMessageContaining("invalid --log-driver \"syslog\"");
        assertThatThrownBy(() -> LogFlag.parse("", List.of("path=/x"), false))
                .hasMessageContaining("path=/x");
    }
}
