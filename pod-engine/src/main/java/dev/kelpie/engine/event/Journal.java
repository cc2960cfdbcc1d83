package dev.kelpie.engine.event;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.StateException;
import dev.kelpie.engine.report.Event;
import dev.kelpie.engine.state.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;

/// The events of an engine, in a file of its root. Noting one costs its place in a queue: a thread
/// writes what has gathered there. What is noted in the last moment before a kill may be lost, a
/// full disk loses events too, and nothing else suffers from either.
public final class Journal implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Journal.class.getName());

    /// Of each of the two files.
    private static final long MOST_BYTES = 4 << 20;

    private static final int MOST_WAITING = 100_000;
    private static final int LONGEST = 1 << 16;
    private static final Duration HEARTBEAT = Duration.ofSeconds(1);

    private final JournalFile file;
    private final InstantSource clock;
    private final Json json = new Json();
    private final LinkedBlockingQueue<Item> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread writer;
    private final Object news = new Object();
    private long written;

    /// An event to write, or someone who waits until all before it are written.
    private sealed interface Item {
        record Noted(Event event) implements Item {}

        record Mark(CompletableFuture<Boolean> reached, boolean last) implements Item {}
    }

    private Journal(JournalFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
        this.writer = Thread.ofPlatform().daemon().name("events").unstarted(this::write);
    }

    /// Opens the file, which is made with the first event.
    public static Journal open(Path path, InstantSource clock) {
        return open(path, clock, MOST_BYTES);
    }

    static Journal open(Path path, InstantSource clock, long bound) {
        var journal = new Journal(new JournalFile(path, bound), clock);
        journal.writer.start();
        return journal;
    }

    /// Notes what happened; never waits.
    public void note(Event event) {
        if (!queue.offer(new Item.Noted(event))) {
            LOG.log(System.Logger.Level.DEBUG, "an event was dropped: too many wait");
        }
    }

    public void note(List<Event> events) {
        events.forEach(this::note);
    }

    /// Hands over the events that are asked for, oldest first, and those that come while it
    /// follows; all that was noted before the call is among them.
    public void read(EventQuery query, Consumer<Event> events) throws InterruptedException {
        settle(false);
        try {
            var place = query.past() ? JournalFile.Place.BEGIN : file.end();
            while (true) {
                var seen = written();
                var read = file.read(place);
                place = read.next();
                parsed(
                        read.lines(),
                        event -> {
                            if (query.covers(event.time())) {
                                events.accept(event);
                            }
                        });
                if (read.lines().isEmpty() && !comesMore(query, seen)) {
                    return;
                }
            }
        } catch (IOException e) {
            throw new EngineIoException("cannot read the events", e);
        }
    }

    /// Waits for news; false when nothing that is asked for can come.
    private boolean comesMore(EventQuery query, long seen) throws InterruptedException {
        if (!query.follow() || query.until().filter(clock.instant()::isAfter).isPresent()) {
            return false;
        }
        var longest =
                query.until()
                        .map(end -> Duration.between(clock.instant(), end).plusMillis(2))
                        .filter(left -> left.compareTo(HEARTBEAT) < 0)
                        .orElse(HEARTBEAT);
        long end = System.nanoTime() + longest.toNanos();
        synchronized (news) {
            for (long left = longest.toMillis(); written == seen && left > 0; ) {
                news.wait(left);
                left = (end - System.nanoTime()) / 1_000_000;
            }
        }
        return true;
    }

    private long written() {
        synchronized (news) {
            return written;
        }
    }

    private void parsed(String lines, Consumer<Event> events) {
        lines.lines().forEach(line -> parsed(line).ifPresent(events));
    }

    /// Nothing for a line that a crash cut off or somebody else wrote.
    private Optional<Event> parsed(String line) {
        try {
            return line.isBlank() ? Optional.empty() : Optional.of(json.read(line, Event.class));
        } catch (StateException | NullPointerException e) {
            LOG.log(System.Logger.Level.DEBUG, "a line of the events is none", e);
            return Optional.empty();
        }
    }

    private void write() {
        var items = new ArrayList<Item>();
        while (true) {
            try {
                items.add(queue.take());
            } catch (InterruptedException _) {
                return;
            }
            queue.drainTo(items);
            append(items);
            boolean last = false;
            for (var item : items) {
                if (item instanceof Item.Mark(var reached, boolean ends)) {
                    reached.complete(true);
                    last |= ends;
                }
            }
            items.clear();
            if (last) {
                return;
            }
        }
    }

    private void append(List<Item> items) {
        var lines = new StringBuilder();
        for (var item : items) {
            if (item instanceof Item.Noted(var event)) {
                lines.append(line(event)).append('\n');
            }
        }
        if (lines.isEmpty()) {
            return;
        }
        try {
            file.append(lines.toString().getBytes(StandardCharsets.UTF_8));
        } catch (IOException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "cannot write events", e);
        }
        synchronized (news) {
            written++;
            news.notifyAll();
        }
    }

    private String line(Event event) {
        var line = json.write(event);
        return line.length() <= LONGEST ? line : json.write(event.withoutLabels());
    }

    private void settle(boolean last) throws InterruptedException {
        var mark = new Item.Mark(new CompletableFuture<>(), last);
        queue.put(mark);
        while (writer.isAlive() && !mark.reached().isDone()) {
            Thread.sleep(1);
        }
    }

    /// Writes what was noted so far; what is noted later is lost.
    @Override
    public void close() {
        try {
            settle(true);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
