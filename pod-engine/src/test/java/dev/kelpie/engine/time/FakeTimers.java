package dev.kelpie.engine.time;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/// Time that passes when a test says so; what is due then is done in the test's thread, in order.
public final class FakeTimers implements Timers {

    private record Due(Instant time, Work work) implements Timer {
        @Override
        public void cancel() {
            throw new UnsupportedOperationException();
        }
    }

    private final List<Due> waiting = new ArrayList<>();
    private Instant now;

    public FakeTimers(Instant start) {
        this.now = start;
    }

    @Override
    public Instant instant() {
        return now;
    }

    @Override
    public Timer after(Duration delay, Work work) {
        var due = new Due(now.plus(delay.isNegative() ? Duration.ZERO : delay), work);
        waiting.add(due);
        return () -> waiting.remove(due);
    }

    /// Lets so much time pass.
    public void advance(Duration time) throws InterruptedException {
        var end = now.plus(time);
        while (true) {
            var next =
                    waiting.stream()
                            .filter(due -> !due.time().isAfter(end))
                            .min(Comparator.comparing(Due::time));
            if (next.isEmpty()) {
                now = end;
                return;
            }
            waiting.remove(next.get());
            now = next.get().time();
            next.get().work().run();
        }
    }
}
