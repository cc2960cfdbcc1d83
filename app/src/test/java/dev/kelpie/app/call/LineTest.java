package dev.kelpie.app.call;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.Attachment;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class LineTest {
    /// A process that echoes what it is told, until its input or the line is closed.
    private static final class Echo implements Attachment {
        private final ByteArrayOutputStream told = new ByteArrayOutputStream();
        private final CountDownLatch over = new CountDownLatch(1);
        private boolean inputEnded;

        @Override
        public void relayOutput(OutputStream stdout, OutputStream stderr)
                throws IOException, InterruptedException {
            over.await();
            stdout.write(told.toByteArray());
            stderr.write("done".getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public OutputStream stdin() {
            return new OutputStream() {
                @Override
                public void write(int b) {
                    told.write(b);
                }

                @Override
                public void close() {
                    inputEnded = true;
                    over.countDown();
                }
            };
        }

        @Override
        public void resize(int rows, int columns) {
            // no test asks for its size
        }

        @Override
        public void close() {
            over.countDown();
        }
    }

    private static Line.Wishes wishes(boolean terminal) {
        return new Line.Wishes(terminal, true, true, true, "ctrl-p,ctrl-q", Optional.empty());
    }

    @Test
    void relaysInputOutputAndItsEnd() throws InterruptedException {
        var session = new FakeSession().withStdin("hello\u0010\u0011");
        var echo = new Echo();
        assertThat(Line.relay(session, echo, wishes(false))).isFalse();
        assertThat(session.out()).isEqualTo("hello\u0010\u0011");
        assertThat(session.err()).isEqualTo("done");
        assertThat(echo.inputEnded).isTrue();
    }

    @Test
    void detachesByKeysOnATerminal() throws InterruptedException {
        var session = new FakeSession().onTerminal().withStdin("hello\u0010\u0011more");
        var echo = new Echo();
        assertThat(Line.relay(session, echo, wishes(true))).isTrue();
        assertThat(session.out()).isEqualTo("hello");
    }

    @Test
    void putsTheTerminalBack() throws InterruptedException {
        var session = new FakeSession().onTerminal().withStdin("");
        Line.relay(session, new Echo(), wishes(true));
        assertThat(session.isRaw()).isFalse();
        assertThat(session.timesRaw()).isEqualTo(1);
    }

    @Test
    void leavesTheTerminalAloneWithoutOneInside() throws InterruptedException {
        var session = new FakeSession().onTerminal().withStdin("x");
        Line.relay(session, new Echo(), wishes(false));
        assertThat(session.timesRaw()).isZero();
    }
}
