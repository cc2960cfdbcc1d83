package dev.kelpie.app.session;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// A stream that the client reads for us: stdin or an opened file. Asks for bytes from the first
/// read on and holds no more than it asked for.
final class CreditedInput extends InputStream {
    private final int stream;
    private final Wire wire;
    private final StreamWindow window;
    private final Runnable onClose;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<ByteBuffer> chunks = new ArrayDeque<>();
    private int buffered;
    private int asked;
    private boolean ended;
    private boolean closed;
    private String failure = "";

    CreditedInput(int stream, Wire wire, StreamWindow window, Runnable onClose) {
        this.stream = stream;
        this.wire = wire;
        this.window = window;
        this.onClose = onClose;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        if (length == 0) {
            return 0;
        }
        lock.lock();
        try {
            awaitBytes();
            if (chunks.isEmpty()) {
                return endOrFailure();
            }
            return take(bytes, offset, length);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int available() {
        lock.lock();
        try {
            return buffered;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            chunks.clear();
            buffered = 0;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        onClose.run();
    }

    /// Bytes from the client.
    void receive(ByteBuffer bytes) {
        lock.lock();
        try {
            int count = bytes.remaining();
            if (count > asked || ended) {
                throw new ProtocolException("bytes of stream " + stream + " that nobody asked for");
            }
            asked -= count;
            if (!closed && count > 0) {
                chunks.add(bytes);
                buffered += count;
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Nothing more will come; a reason other than the empty one makes the next read fail.
    void end(String reason) {
        lock.lock();
        try {
            ended = true;
            failure = reason;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void awaitBytes() throws IOException {
        while (chunks.isEmpty() && !ended && !closed) {
            ask();
            try {
                changed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while reading from the client");
            }
        }
    }

    private int endOrFailure() throws IOException {
        if (closed) {
            throw new IOException("stream is closed");
        }
        if (!failure.isEmpty()) {
            throw new IOException(failure);
        }
        return -1;
    }

    private int take(byte[] bytes, int offset, int length) {
        var chunk = chunks.element();
        int count = Math.min(length, chunk.remaining());
        chunk.get(bytes, offset, count);
        buffered -= count;
        if (!chunk.hasRemaining()) {
            chunks.remove();
        }
        ask();
        return count;
    }

    /// Fills the window; few large credits rather than many small ones.
    private void ask() {
        int all = window.bytes();
        int more = all - asked - buffered;
        if (more >= all / 2 && !ended) {
            asked += more;
            wire.send(ServerFrames.credit(stream, more));
        }
    }
}
