package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private final BackOff backOff = new BackOff();

    @Test
    void doublesFromTenSecondsToFiveMinutes() {
        var waits =
                Stream.generate(() -> backOff.next("c", Duration.ZERO).toSeconds())
                        .limit(9)
                        .toList();
        assertThat(waits).containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    }

    @Test
    void startsAnewAfterARunOfTenMinutes() {
        backOff.next("c", Duration.ZERO);
        backOff.next("c", Duration.ZERO);
        assertThat(backOff.next("c", Duration.ofMinutes(10))).isZero();
    }

    @Test
    void countsEachContainerByItself() {
        backOff.next("a", Duration.ZERO);
        assertThat(backOff.next("b", Duration.ZERO)).isZero();
        assertThat(backOff.next("a", Duration.ZERO)).isEqualTo(Duration.ofSeconds(10));
    }
}
