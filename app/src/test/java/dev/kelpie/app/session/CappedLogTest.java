package dev.kelpie.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.ResourceBundle;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class CappedLogTest {
    private final List<String> lines = new ArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final CappedLog log = new CappedLog(new Lines(), nanos::get);

    @Test
    void saysTenAMinute() {
        for (int i = 0; i < 1000; i++) {
            log.warn("no " + i);
        }
        assertThat(lines).hasSize(11).endsWith("more of the same is not logged for a minute");
        nanos.set(61_000_000_000L);
        log.warn("again");
        assertThat(lines).endsWith("again");
    }

    @Test
    void keepsToOneShortLine() {
        log.warn("a\nb\u001b[31m" + "x".repeat(5000));
        assertThat(lines.getFirst()).startsWith("a?b?[31mxxx").hasSizeLessThan(310);
    }

    private final class Lines implements System.Logger {
        @Override
        public String getName() {
            return "lines";
        }

        @Override
        public boolean isLoggable(Level level) {
            return true;
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String text, Throwable cause) {
            lines.add(text);
        }

        @Override
        public void log(Level level, ResourceBundle bundle, String text, Object... values) {
            lines.add(text);
        }
    }
}
