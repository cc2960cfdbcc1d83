package dev.kelpie.image.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.SequenceInputStream;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReadAheadTest {

    private static byte[] noise(int length) {
        var bytes = new byte[length];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    @Test
    void givesTheSameBytesAndTheSameEnd() throws Exception {
        for (var length : new int[] {0, 1, 256 << 10, (256 << 10) + 1, 3_000_000}) {
            var bytes = noise(length);
            try (var ahead = new ReadAhead(new ByteArrayInputStream(bytes))) {
                assertThat(ahead.readAllBytes()).isEqualTo(bytes);
                assertThat(ahead.read()).isEqualTo(-1);
                assertThat(ahead.read(new byte[4])).isEqualTo(-1);
            }
        }
    }

    @Test
    void failsWhereTheSourceFails() throws Exception {
        var broken =
                new InputStream() {
                    @Override
                    public int read() throws IOException {
                        throw new IOException("torn");
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        throw new IOException("torn");
                    }
                };
        var source = new SequenceInputStream(new ByteArrayInputStream(noise(600_000)), broken);
        try (var ahead = new ReadAhead(source)) {
            assertThatThrownBy(ahead::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessage("torn");
            assertThatThrownBy(ahead::read).hasMessage("torn");
        }
    }

    @Test
    void stopsReadingWhenItIsClosed() throws Exception {
        var endless =
                new InputStream() {
                    @Override
                    public int read() {
                        return 7;
                    }

                    @Override
                    public int read(byte[] buffer, int offset, int length) {
                        return length;
                    }
                };
        try (var ahead = new ReadAhead(endless)) {
            assertThat(ahead.readNBytes(1_000_000)).hasSize(1_000_000);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("read-ahead"));
    }

    @Test
    void aReaderThatWaitsCanBeInterrupted() throws Exception {
        var asked = new CountDownLatch(1);
        var never = new CountDownLatch(1);
        var slow =
                new FilterInputStream(InputStream.nullInputStream()) {
                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        asked.countDown();
                        try {
                            never.await();
                            return -1;
                        } catch (InterruptedException e) {
                            throw new InterruptedIOException();
                        }
                    }
                };
        try (var ahead = new ReadAhead(slow)) {
            asked.await();
            Thread.currentThread().interrupt();
            assertThatThrownBy(ahead::read).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
