package dev.kelpie.image.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class SteadyBodyTest {
    private static final Duration SOON = Duration.ofMillis(50);

    /// A byte now and then, until it is closed; or none at all.
    private static final class Dripping extends InputStream {
        private final CountDownLatch closed = new CountDownLatch(1);
        private final long pause;

        Dripping(long pause) {
            this.pause = pause;
        }

        @Override
        public int read() throws IOException {
            try {
                if (closed.await(pause, java.util.concurrent.TimeUnit.MILLISECONDS)) {
                    throw new IOException("closed");
                }
            } catch (InterruptedException e) {
                throw new IOException(e);
            }
            return 'x';
        }

        @Override
        public int read(byte[] buffer, int offset, int count) throws IOException {
            buffer[offset] = (byte) read();
            return 1;
        }

        @Override
        public void close() {
            closed.countDown();
        }
    }

    @Test
    void endsWhatDrips() {
        var body = new SteadyBody(new Dripping(5), SOON, 1000);
        assertThatThrownBy(body::readAllBytes).hasMessageContaining("less than 1000 bytes");
    }

    @Test
    void endsWhatDripsWhileItIsSkipped() throws IOException {
        var body = new SteadyBody(new Dripping(5), SOON, 1000);
        assertThatThrownBy(() -> body.skipNBytes(1 << 20))
                .hasMessageContaining("less than 1000 bytes");
        var five = new SteadyBody(new ByteArrayInputStream(new byte[5]));
        assertThat(five.skip(3)).isEqualTo(3);
        assertThat(five.skip(3)).isEqualTo(2);
        assertThat(five.skip(-1)).isZero();
    }

    @Test
    void endsWhatStands() {
        var body = new SteadyBody(new Dripping(Integer.MAX_VALUE), SOON, 1);
        assertThatThrownBy(body::readAllBytes).hasMessageContaining("less than 1 bytes");
    }

    @Test
    void bringsTheRest() throws IOException {
        try (var body = new SteadyBody(new ByteArrayInputStream(new byte[5000]), SOON, 1)) {
            assertThat(body.readAllBytes()).hasSize(5000);
        }
    }
}
