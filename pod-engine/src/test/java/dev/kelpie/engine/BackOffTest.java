package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.state.Life;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BackOffTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private static Life after(Life life, Instant start, Duration run) {
        return life.ended(Optional.of(start), new ContainerEnd(1, start.plus(run), false, ""));
    }

    private static List<Long> waits(Duration run, int times) {
        var waits = new ArrayList<Long>();
        var life = Life.born(NOON).asked(true);
        var time = NOON;
        for (int i = 0; i < times; i++) {
            life = after(life, time, run);
            var due = BackOff.due(life, NOON);
            waits.add(Duration.between(life.lastEnd().orElseThrow().finished(), due).toSeconds());
            life = BackOff.restarted(life);
            time = due;
        }
        return waits;
    }

    @Test
    void restartsAtOnceThenWaitsLongerAndLongerUpToFiveMinutes() {
        assertThat(waits(Duration.ofSeconds(1), 9))
                .containsExactly(0L, 10L, 20L, 40L, 80L, 160L, 300L, 300L, 300L);
    }

    @Test
    void forgetsFailuresAfterALongRun() {
        assertThat(waits(Duration.ofMinutes(10), 3)).containsExactly(0L, 0L, 0L);
    }

    @Test
    void startsAnewWhenTheUserAsks() {
        var life =
                BackOff.restarted(BackOff.restarted(after(Life.born(NOON), NOON, Duration.ZERO)));
        assertThat(BackOff.delay(life)).isEqualTo(Duration.ofSeconds(20));
        assertThat(BackOff.delay(life.asked(true))).isZero();
    }
}
