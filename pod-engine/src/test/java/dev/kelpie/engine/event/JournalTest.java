package dev.kelpie.engine.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.report.Event;
import dev.kelpie.engine.report.EventType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    @TempDir Path directory;

    private Journal open(long bound) {
        return Journal.open(directory.resolve("events.log"), InstantSource.fixed(NOON), bound);
    }

    private static Event event(int minute, String name) {
        return new Event(
                NOON.plusSeconds(60L * minute),
                EventType.CONTAINER,
                "start",
                "id-" + name,
                name,
                Map.of("image", "i"),
                Map.of("app", "web"));
    }

    private static List<Event> read(Journal journal, EventQuery query) throws InterruptedException {
        var found = new ArrayList<Event>();
        journal.read(query, found::add);
        return found;
    }

    @Test
    void readsWhatWasNotedBefore() throws InterruptedException {
        try (var journal = open(10_000)) {
            journal.note(List.of(event(0, "a"), event(1, "b")));
            assertThat(read(journal, EventQuery.ALL)).containsExactly(event(0, "a"), event(1, "b"));
        }
    }

    @Test
    void keepsEventsFromOneOpeningToTheNext() throws InterruptedException {
        try (var journal = open(10_000)) {
            journal.note(event(0, "a"));
        }
        try (var journal = open(10_000)) {
            journal.note(event(1, "b"));
            assertThat(read(journal, EventQuery.ALL))
                    .extracting(Event::name)
                    .containsExactly("a", "b");
        }
    }

    @Test
    void leavesOutALineThatACrashCutOff() throws IOException, InterruptedException {
        try (var journal = open(10_000)) {
            journal.note(event(0, "a"));
        }
        Files.writeString(
                directory.resolve("events.log"), "{\"time\":\"20", StandardOpenOption.APPEND);
        try (var journal = open(10_000)) {
            journal.note(event(1, "b"));
            assertThat(read(journal, EventQuery.ALL))
                    .extracting(Event::name)
                    .containsExactly("a", "b");
        }
    }

    @Test
    void neverKeepsMoreThanTwoBoundsAndLosesTheOldestFirst()
            throws IOException, InterruptedException {
        try (var journal = open(2_000)) {
            for (int i = 0; i < 200; i++) {
                journal.note(event(i, "n" + i));
                read(journal, EventQuery.ALL);
            }
            var names = read(journal, EventQuery.ALL).stream().map(Event::name).toList();
            assertThat(names).endsWith("n197", "n198", "n199").hasSizeBetween(10, 60);
        }
        assertThat(Files.size(directory.resolve("events.log"))).isLessThanOrEqualTo(2_000);
        assertThat(Files.size(directory.resolve("events.log.1"))).isLessThanOrEqualTo(2_000);
    }

    @Test
    void sinceAndUntilChoose() throws InterruptedException {
        try (var journal = open(10_000)) {
            journal.note(List.of(event(0, "a"), event(1, "b"), event(2, "c")));
            var middle =
                    new EventQuery(
                            true,
                            false,
                            Optional.of(NOON.plusSeconds(60)),
                            Optional.of(NOON.plusSeconds(90)));
            assertThat(read(journal, middle)).extracting(Event::name).containsExactly("b");
        }
    }

    @Test
    void followingHandsOverWhatComesAlsoThroughAFullFile() throws InterruptedException {
        try (var journal = open(1_000)) {
            journal.note(event(0, "past"));
            var seen = new LinkedBlockingQueue<String>();
            var news = new EventQuery(false, true, Optional.empty(), Optional.empty());
            var follower =
                    Thread.startVirtualThread(() -> {
                        try {
                            journal.read(news, event -> seen.add(event.name()));
                        } catch (InterruptedException _) {
                            Thread.currentThread().interrupt();
                        }
                    });
            while (follower.getState() != Thread.State.TIMED_WAITING || seen.isEmpty()) {
                journal.note(event(0, "go"));
                Thread.sleep(5);
            }
            for (int i = 0; i < 20; i++) {
                journal.note(event(1, "n" + i));
                String name;
                do {
                    name = seen.poll(30, TimeUnit.SECONDS);
                } while ("go".equals(name));
                assertThat(name).isEqualTo("n" + i);
            }
            follower.interrupt();
            follower.join();
        }
    }
}
