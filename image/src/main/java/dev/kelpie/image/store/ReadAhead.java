package dev.kelpie.image.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.jspecify.annotations.Nullable;

/// A stream that another thread reads ahead of its reader, so that a layer is decompressed and
/// hashed while what came before is written. For one reader; closing ends the other thread.
final class ReadAhead extends InputStream {

    private static final int CHUNKS = 4;
    private static final int CHUNK = 256 << 10;

    /// Bytes, or how it ended: with a failure, or without as the stream does.
    private static final class Chunk {
        final byte[] bytes = new byte[CHUNK];
        int length;
        @Nullable Throwable failure;
    }

    private final InputStream source;
    private final BlockingQueue<Chunk> free = new ArrayBlockingQueue<>(CHUNKS);
    private final BlockingQueue<Chunk> full = new ArrayBlockingQueue<>(CHUNKS);
    private final Thread thread;
    private @Nullable Chunk current;
    private int at;

    ReadAhead(InputStream source) {
        this.source = source;
        for (var i = 0; i < CHUNKS; i++) {
            free.add(new Chunk());
        }
        this.thread = Thread.ofPlatform().daemon().name("read-ahead").start(this::fill);
    }

    private void fill() {
        try {
            for (var chunk = fill(free.take()); chunk.length > 0; ) {
                full.put(chunk);
                chunk = fill(free.take());
            }
        } catch (InterruptedException e) {
            // closed: nobody wants more
        }
    }

    /// Also hands an end on, which is a chunk without bytes.
    private Chunk fill(Chunk chunk) throws InterruptedException {
        try {
            chunk.length = source.readNBytes(chunk.bytes, 0, CHUNK);
        } catch (IOException | RuntimeException | Error e) {
            chunk.length = 0;
            chunk.failure = e;
        }
        if (chunk.length == 0) {
            full.put(chunk);
        }
        return chunk;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        var chunk = current();
        if (chunk.length == 0) {
            throwAgain(chunk.failure);
            return -1;
        }
        var count = Math.min(length, chunk.length - at);
        System.arraycopy(chunk.bytes, at, buffer, offset, count);
        at += count;
        if (at == chunk.length) {
            current = null;
            free.add(chunk);
        }
        return count;
    }

    private Chunk current() throws IOException {
        var chunk = current;
        if (chunk == null) {
            try {
                chunk = full.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted");
            }
            current = chunk;
            at = 0;
        }
        return chunk;
    }

    private static void throwAgain(@Nullable Throwable failure) throws IOException {
        switch (failure) {
            case null -> {}
            case IOException e -> throw e;
            case RuntimeException e -> throw e;
            case Error e -> throw e;
            case Throwable e -> throw new IOException(e);
        }
    }

    /// Ends the other thread, and waits for that: the source is its reader's alone again.
    @Override
    public void close() {
        thread.interrupt();
        var interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
