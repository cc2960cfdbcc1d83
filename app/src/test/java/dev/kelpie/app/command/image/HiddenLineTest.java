package dev.kelpie.app.command.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.FakeSession;
import org.junit.jupiter.api.Test;

class HiddenLineTest {

    @Test
    void readsUpToTheEndOfTheLineAndShowsNothingOfIt() {
        var session = new FakeSession().onTerminal().withStdin("s3cret\rmore");
        assertThat(new HiddenLine(session).ask("Password: ")).isEqualTo("s3cret");
        assertThat(session.out()).isEqualTo("Password: \n");
        assertThat(session.timesRaw()).isEqualTo(1);
        assertThat(session.isRaw()).isFalse();
    }

    @Test
    void takesBackWholeCharacters() {
        var session = new FakeSession().onTerminal().withStdin("aé\u007f\u007fb\u0015xyü\bz\n");
        assertThat(new HiddenLine(session).ask("")).isEqualTo("xyz");
    }

    @Test
    void endsWithTheInputOrWithControlD() {
        assertThat(new HiddenLine(new FakeSession().withStdin("a\u0004b")).ask("")).isEqualTo("a");
        assertThat(new HiddenLine(new FakeSession().withStdin("a")).ask("")).isEqualTo("a");
    }

    @Test
    void controlCBreaksOffAndPutsTheTerminalBack() {
        var session = new FakeSession().onTerminal().withStdin("ab\u0003");
        assertThatThrownBy(() -> new HiddenLine(session).ask("Password: "))
                .isInstanceOf(CommandException.class);
        assertThat(session.isRaw()).isFalse();
    }
}
