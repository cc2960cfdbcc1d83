package dev.kelpie.image.registry;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/// An answer's body that must bring something all the time: one that drips, or stops for good, is
/// closed, and its reader gets an `IOException` that says so.
public final class SteadyBody extends FilterInputStream {

    private static final Duration WINDOW = Duration.ofSeconds(60);

    /// Within each window; a thousand bytes a second.
    private static final long LEAST = 60_000;

    private final Duration window;
    private final long least;
    private final AtomicLong brought = new AtomicLong();
    private volatile boolean slow;
    private Thread watch = Thread.currentThread();
    private boolean watched;

    public SteadyBody(InputStream body) {
        this(body, WINDOW, LEAST);
    }

    SteadyBody(InputStream body, Duration window, long least) {
        super(body);
        this.window = window;
        this.least = least;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int count) throws IOException {
        begin();
        try {
            var got = in.read(buffer, offset, count);
            brought.addAndGet(Math.max(got, 0));
            return got;
        } catch (IOException e) {
            throw slow ? new IOException(reason(), e) : e;
        }
    }

    /// What is skipped comes as what is read does.
    @Override
    public long skip(long count) throws IOException {
        var scratch = new byte[Math.clamp(count, 0, 8192)];
        long left = count;
        while (left > 0) {
            int got = read(scratch, 0, (int) Math.min(left, scratch.length));
            if (got < 0) {
                break;
            }
            left -= got;
        }
        return Math.max(count, 0) - Math.max(left, 0);
    }

    private void begin() {
        if (!watched) {
            watched = true;
            watch = Thread.ofVirtual().name("steady-body").start(this::watch);
        }
    }

    private String reason() {
        return "less than " + least + " bytes came in " + window.toSeconds() + " s";
    }

    private void watch() {
        try {
            for (long before = -least; brought.get() - before >= least; ) {
                before = brought.get();
                Thread.sleep(window);
            }
            slow = true;
            Wire.closeQuietly(in);
        } catch (InterruptedException e) {
            // it was read to the end, or nobody wants the rest
        }
    }

    @Override
    public void close() throws IOException {
        if (watched) {
            watch.interrupt();
        }
        super.close();
    }
}
