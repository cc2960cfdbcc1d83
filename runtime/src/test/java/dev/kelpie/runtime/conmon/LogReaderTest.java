package dev.kelpie.runtime.conmon;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.runtime.conmon.LogReader.Wanted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pitfalls 17 and 66.
class LogReaderTest {

    private static final String LOG =
            """
            2026-01-01T10:00:00.000000001+00:00 stdout F one
            2026-01-01T10:00:01.5+00:00 stdout P tw
            2026-01-01T10:00:01.6+00:00 stderr F error
            2026-01-01T10:00:01.7+00:00 stdout F o
            not a record at all
            2026-01-01T12:00:02+02:00 stdout F three
            2026-01-01T10:00:03+00:00 stdout P rest
            """;

    @TempDir Path place;

    private List<String> read(Wanted wanted) throws IOException {
        var file = Files.writeString(place.resolve("ctr.log"), LOG);
        var lines = new ArrayList<String>();
        new LogReader(file).read(wanted, line -> lines.add(text(line)));
        return lines;
    }

    private static String text(LogLine line) {
        return line.stream()
                + " "
                + ISO_8859_1.decode(line.text().duplicate())
                + (line.complete() ? "" : " …");
    }

    @Test
    void joinsPartsPerStream() throws IOException {
        assertThat(read(Wanted.all()))
                .containsExactly(
                        "STDOUT one",
                        "STDERR error",
                        "STDOUT two",
                        "STDOUT three",
                        "STDOUT rest …");
    }

    @Test
    void givesTheLastLines() throws IOException {
        assertThat(read(Wanted.all().withTail(2))).containsExactly("STDOUT three", "STDOUT rest …");
        assertThat(read(Wanted.all().withTail(0))).isEmpty();
        assertThat(read(Wanted.all().withTail(100))).hasSize(5);
    }

    @Test
    void givesWhatWasWrittenInATime() throws IOException {
        var since = Optional.of(Instant.parse("2026-01-01T10:00:01.55Z"));
        var until = Optional.of(Instant.parse("2026-01-01T10:00:02Z"));
        assertThat(read(new Wanted(Optional.empty(), since, until)))
                .containsExactly("STDERR error", "STDOUT three");
    }

    @Test
    void passesBytesThatAreNotUtf8() throws IOException {
        var file = place.resolve("ctr.log");
        Files.write(
                file, "2026-01-01T10:00:00+00:00 stdout F \u00ff\u0000x\n".getBytes(ISO_8859_1));
        var lines = new ArrayList<String>();
        new LogReader(file).read(Wanted.all(), line -> lines.add(text(line)));
        assertThat(lines).containsExactly("STDOUT \u00ff\u0000x");
    }

    @Test
    void noFileIsNoLines() {
        var lines = new ArrayList<LogLine>();
        new LogReader(place.resolve("none")).read(Wanted.all(), lines::add);
        assertThat(lines).isEmpty();
    }

    @Test
    void tailOfALongLogIsRight() throws IOException {
        var file = place.resolve("long.log");
        var text = new StringBuilder();
        for (int i = 0; i < 20_000; i++) {
            text.append("2026-01-01T10:00:00+00:00 stdout F line ").append(i).append('\n');
        }
        Files.writeString(file, text);
        var lines = new ArrayList<String>();
        new LogReader(file).read(Wanted.all().withTail(3), line -> lines.add(text(line)));
        assertThat(lines)
                .containsExactly("STDOUT line 19997", "STDOUT line 19998", "STDOUT line 19999");
    }

    @Test
    void tailCountsLinesHoweverManyPartsTheyHave() throws IOException {
        var file = place.resolve("parts.log");
        var text = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            text.append("2026-01-01T10:00:00+00:00 stdout P x\n".repeat(500));
            text.append("2026-01-01T10:00:00+00:00 stdout F end ").append(i).append('\n');
        }
        Files.writeString(file, text);
        var lines = new ArrayList<String>();
        new LogReader(file).read(Wanted.all().withTail(4), line -> lines.add(text(line)));
        assertThat(lines)
                .hasSize(4)
                .allMatch(line -> line.startsWith("STDOUT " + "x".repeat(500) + "end "));
    }

    @Test
    void followsUntilTheContainerEndsAndThroughANewFile() throws Exception {
        var file =
                Files.writeString(
                        place.resolve("ctr.log"), "2026-01-01T10:00:00+00:00 stdout F a\n");
        var lines = new CopyOnWriteArrayList<String>();
        var ended = new AtomicBoolean();
        var thread =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                new LogReader(file)
                                        .follow(
                                                Wanted.all(),
                                                ended::get,
                                                line -> lines.add(text(line)));
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        Eventually.holds(() -> lines.contains("STDOUT a"));
        Files.writeString(
                file, "2026-01-01T10:00:00+00:00 stdout F b\n", StandardOpenOption.APPEND);
        Eventually.holds(() -> lines.contains("STDOUT b"));
        var fresh =
                Files.writeString(place.resolve("new"), "2026-01-01T10:00:00+00:00 stdout F c\n");
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        Eventually.holds(() -> lines.contains("STDOUT c"));
        Files.writeString(
                file, "2026-01-01T10:00:00+00:00 stdout P last", StandardOpenOption.APPEND);
        Files.writeString(file, "\n", StandardOpenOption.APPEND);
        ended.set(true);
        thread.join();
        assertThat(lines).containsExactly("STDOUT a", "STDOUT b", "STDOUT c", "STDOUT last …");
    }
}
