package dev.kelpie.app.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RestTest {

    private final Activity activity = new Activity();
    private final AtomicInteger given = new AtomicInteger();

    private Rest after(Duration time) {
        return new Rest(activity, time, given::incrementAndGet);
    }

    @Test
    void givesBackOnceAfterEachTimeOfWork() {
        var rest = after(Duration.ZERO);
        rest.look();
        rest.look();
        assertThat(given).hasValue(1);
        try (var _ = activity.begin()) {
            rest.look();
        }
        assertThat(given).as("while work is under way").hasValue(1);
        rest.look();
        assertThat(given).hasValue(2);
    }

    @Test
    void waitsAMoment() {
        var rest = after(Duration.ofHours(1));
        rest.look();
        assertThat(given).hasValue(0);
    }
}
