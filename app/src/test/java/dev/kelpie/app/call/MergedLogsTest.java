package dev.kelpie.app.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.LogLine;
import dev.kelpie.engine.LogSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MergedLogsTest {

    private static LogLine line(int second, String text) {
        return new LogLine(Instant.ofEpochSecond(second), false, text, true);
    }

    private static MergedLogs.Reading of(LogLine... lines) {
        return sink -> {
            for (var line : lines) {
                sink.line(line);
            }
        };
    }

    private static List<String> merged(MergedLogs.Reading... readings) throws InterruptedException {
        var found = new ArrayList<String>();
        new MergedLogs()
                .run(List.of(readings), (feed, line) -> found.add(feed + " " + line.text()));
        return found;
    }

    @Test
    void putsTheLinesOfAllInTheOrderOfTime() throws InterruptedException {
        assertThat(merged(of(line(1, "a"), line(4, "d")), of(line(2, "b"), line(3, "c")), of()))
                .containsExactly("0 a", "1 b", "1 c", "0 d");
    }

    @Test
    void waitsForASlowReaderUntilItHasCaughtUp() throws InterruptedException {
        var first = new CountDownLatch(1);
        MergedLogs.Reading slow =
                sink -> {
                    first.await();
                    Thread.sleep(50);
                    sink.line(line(1, "old"));
                    sink.caughtUp();
                };
        MergedLogs.Reading quick =
                sink -> {
                    sink.line(line(2, "new"));
                    first.countDown();
                };
        assertThat(merged(quick, slow)).containsExactly("1 old", "0 new");
    }

    @Test
    void showsANewLineAlthoughAnotherContainerStaysSilent() throws InterruptedException {
        var shown = new CountDownLatch(1);
        MergedLogs.Reading silent =
                sink -> {
                    sink.caughtUp();
                    shown.await();
                };
        MergedLogs.Reading talking = sink -> follow(sink, shown);
        var found = new ArrayList<String>();
        new MergedLogs()
                .run(
                        List.of(silent, talking),
                        (_, line) -> {
                            found.add(line.text());
                            shown.countDown();
                        });
        assertThat(found).containsExactly("now");
    }

    private static void follow(LogSink sink, CountDownLatch shown) throws InterruptedException {
        sink.caughtUp();
        sink.line(new LogLine(Instant.now(), false, "now", true));
        shown.await();
    }

    @Test
    void readsOnlySoFarAheadOfWhoTakesTheLines() throws InterruptedException {
        var read = new AtomicInteger();
        var most = new AtomicInteger();
        var taken = new AtomicInteger();
        MergedLogs.Reading flood =
                sink -> {
                    for (int i = 0; i < 20_000; i++) {
                        sink.line(line(i, "x"));
                        read.incrementAndGet();
                    }
                };
        new MergedLogs()
                .run(
                        List.of(flood, of()),
                        (_, _) ->
                                most.accumulateAndGet(
                                        read.get() - taken.incrementAndGet(), Math::max));
        assertThat(taken).hasValue(20_000);
        assertThat(most.get()).isLessThan(600);
    }

    @Test
    void tellsOfAReaderThatFails() {
        MergedLogs.Reading failing =
                _ -> {
                    throw new IllegalStateException("no log");
                };
        assertThatThrownBy(() -> merged(of(line(1, "a")), failing)).hasMessage("no log");
    }
}
