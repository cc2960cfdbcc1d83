package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {

    private final List<Long> pauses = new ArrayList<>();

    private void failAlways(Access access, Duration asked) {
        var backoff =
                new Backoff(access, Duration.ofMillis(1), (reason, millis) -> pauses.add(millis));
        assertThatThrownBy(() ->
                        backoff.until(() -> {
                            throw asked.isZero()
                                    ? RegistryFailure.interrupted("gone", new IOException("gone"))
                                    : RegistryFailure.refused("busy", 429, asked);
                        }))
                .isInstanceOf(RegistryFailure.class);
    }

    @Test
    void doublesThePauseByItself() {
        failAlways(Access.DEFAULT.withRetries(4), Duration.ZERO);
        assertThat(pauses).containsExactly(1L, 2L, 4L, 8L);
    }

    @Test
    void keepsThePauseThatWasGiven() {
        var access = Access.DEFAULT.withRetries(3).withPause(Duration.ofMillis(5));
        failAlways(access, Duration.ZERO);
        assertThat(pauses).containsExactly(5L, 5L, 5L);
    }

    @Test
    void waitsAsLongAsTheRegistryAsks() {
        failAlways(Access.DEFAULT.withRetries(1), Duration.ofMillis(20));
        assertThat(pauses).containsExactly(20L);
    }
}
