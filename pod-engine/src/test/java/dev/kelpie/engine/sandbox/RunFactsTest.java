package dev.kelpie.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.runtime.kernel.ProcessIdentity;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RunFactsTest {

    private static final ProcessIdentity INIT = new ProcessIdentity(7, 70);
    private static final ProcessIdentity CONMON = new ProcessIdentity(6, 60);

    @Test
    void areReadAsTheyWereWritten() {
        var made = RunFacts.made(INIT, CONMON);
        var started = made.startedAt(Instant.parse("2026-11-25T10:00:00Z"));
        assertThat(RunFacts.parse(made.toText())).contains(made);
        assertThat(RunFacts.parse(started.toText())).contains(started);
    }

    @Test
    void aPauseProcessKeepsItself() {
        var pause = RunFacts.pause(INIT);
        assertThat(RunFacts.parse(pause.toText())).contains(pause);
        assertThat(pause.keeper()).isEqualTo(INIT);
        assertThat(RunFacts.made(INIT, CONMON).keeper()).isEqualTo(CONMON);
    }

    @Test
    void whatWasNotWrittenToItsEndSaysNothing() {
        assertThat(RunFacts.parse("")).isEmpty();
        assertThat(RunFacts.parse("init=7 70\n")).isEmpty();
        assertThat(RunFacts.parse("init=7 70\nconmon=6")).isEmpty();
        assertThat(RunFacts.parse("init=7 70\npau")).isEmpty();
    }
}
