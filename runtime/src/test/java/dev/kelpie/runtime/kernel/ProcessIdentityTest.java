package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Pitfall 14.
class ProcessIdentityTest {

    @Test
    void readsStatWhateverTheProcessIsCalled() {
        var rest = " S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 4711 20";
        assertThat(ProcessIdentity.Stat.parse("42 (a) b (c d)" + rest))
                .isEqualTo(new ProcessIdentity.Stat('S', 4711));
    }

    @Test
    void anotherProcessWithTheSamePidIsNotIt() {
        var me = ProcessIdentity.of((int) ProcessHandle.current().pid()).orElseThrow();
        assertThat(me.isAlive()).isTrue();
        var other = new ProcessIdentity(me.pid(), me.startTime() - 1);
        assertThat(other.isAlive()).isFalse();
        assertThat(other.signal(Signal.KILL)).isFalse();
    }

    @Test
    void isWrittenAndReadAsText() {
        var identity = new ProcessIdentity(12, 345);
        assertThat(ProcessIdentity.parse(identity.toString())).contains(identity);
        assertThat(ProcessIdentity.parse("12")).isEmpty();
        assertThat(ProcessIdentity.parse("a b")).isEmpty();
    }

    @Test
    void itsEndIsSeen() throws IOException, InterruptedException {
        var process = new ProcessBuilder("sleep", "1000").start();
        var identity = ProcessIdentity.of((int) process.pid()).orElseThrow();
        try (var watch = new ExitWatch()) {
            assertThat(watch.await(identity, Duration.ofMillis(20))).isFalse();
            var ended = watch.ended(identity);
            assertThat(identity.signal(Signal.KILL)).isTrue();
            assertThat(watch.await(identity, Duration.ofSeconds(20))).isTrue();
            assertThat(ended.join()).isNull();
            assertThat(identity.isAlive()).isFalse();
            assertThat(watch.await(identity, Duration.ZERO)).isTrue();
        }
    }
}
