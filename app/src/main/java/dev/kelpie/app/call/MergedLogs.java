package dev.kelpie.app.call;

import dev.kelpie.engine.LogLine;
import dev.kelpie.engine.LogSink;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The logs of several containers in the order of their lines' times. Each is read by a thread of
/// its own that may be only some lines ahead, so that no flood fills the memory.
public final class MergedLogs {
    private static final int AHEAD = 512;

    /// How late a line of another container may come and still be put in its place.
    private static final Duration PATIENCE = Duration.ofMillis(40);

    private final List<Feed> feeds = new ArrayList<>();

    /// Reads one container's log into a sink.
    @FunctionalInterface
    public interface Reading {
        void into(LogSink sink) throws InterruptedException;
    }

    /// Takes the merged lines.
    @FunctionalInterface
    public interface Merged {
        void line(int feed, LogLine line);
    }

    /// What one thread has read and nobody has taken yet.
    private final class Feed implements LogSink {
        private final Deque<LogLine> waiting = new ArrayDeque<>();
        private boolean caughtUp;
        private boolean ended;
        private @Nullable RuntimeException failure;

        @Override
        public void line(LogLine line) {
            synchronized (feeds) {
                try {
                    while (waiting.size() >= AHEAD) {
                        feeds.wait();
                    }
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                    throw new LeftException();
                }
                waiting.addLast(line);
                feeds.notifyAll();
            }
        }

        @Override
        public void caughtUp() {
            synchronized (feeds) {
                caughtUp = true;
                feeds.notifyAll();
            }
        }

        private void read(Reading reading) {
            try {
                reading.into(this);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (LeftException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                failure = e;
            } finally {
                synchronized (feeds) {
                    ended = true;
                    feeds.notifyAll();
                }
            }
        }

        /// Whether a line may still come that is older than what others have.
        private boolean owes() {
            return waiting.isEmpty() && !ended && !caughtUp;
        }
    }

    /// The reader is not wanted any more.
    private static final class LeftException extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /// Hands over all lines until every reading has ended; throws the first failure then.
    public void run(List<Reading> readings, Merged merged) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        readings.forEach(_ -> feeds.add(new Feed()));
        for (int i = 0; i < readings.size(); i++) {
            var feed = feeds.get(i);
            var reading = readings.get(i);
            threads.add(Thread.ofVirtual().name("logs").start(() -> feed.read(reading)));
        }
        try {
            for (int next = next(); next >= 0; next = next()) {
                merged.line(next, take(next));
            }
        } finally {
            threads.forEach(Thread::interrupt);
        }
        for (var feed : feeds) {
            var failure = feed.failure;
            if (failure != null) {
                throw failure;
            }
        }
    }

    private LogLine take(int feed) {
        synchronized (feeds) {
            var line = feeds.get(feed).waiting.removeFirst();
            feeds.notifyAll();
            return line;
        }
    }

    /// The feed whose line is due; -1 when all have ended.
    private int next() throws InterruptedException {
        synchronized (feeds) {
            while (true) {
                if (feeds.stream().allMatch(feed -> feed.ended && feed.waiting.isEmpty())) {
                    return -1;
                }
                int oldest = oldest();
                long wait = oldest < 0 ? 0 : patience(oldest);
                if (oldest >= 0 && wait <= 0) {
                    return oldest;
                }
                feeds.wait(Math.max(0, wait));
            }
        }
    }

    private int oldest() {
        int oldest = -1;
        for (int i = 0; i < feeds.size(); i++) {
            var feed = feeds.get(i);
            if (feed.owes()) {
                return -1;
            }
            if (!feed.waiting.isEmpty() && (oldest < 0 || older(feed, feeds.get(oldest)))) {
                oldest = i;
            }
        }
        return oldest;
    }

    private static boolean older(Feed one, Feed other) {
        return one.waiting.getFirst().time().isBefore(other.waiting.getFirst().time());
    }

    /// For how many milliseconds a line that just came is held back for the others.
    private long patience(int oldest) {
        boolean allHaveOne = feeds.stream().allMatch(feed -> feed.ended || !feed.waiting.isEmpty());
        if (allHaveOne) {
            return 0;
        }
        var age = Duration.between(feeds.get(oldest).waiting.getFirst().time(), Instant.now());
        return age.isNegative() ? 0 : PATIENCE.minus(age).toMillis();
    }
}
