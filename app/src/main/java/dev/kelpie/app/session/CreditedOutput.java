package dev.kelpie.app.session;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Objects;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// One of the command's output streams: sends only what the client has given credit for, so that a
/// client that does not read stops its own command and nobody else.
final class CreditedOutput extends OutputStream {
    private static final int CHUNK = 64 * 1024;

    private final int stream;
    private final Wire wire;
    private final StreamWindow window;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long credit = StreamWindow.LARGEST;
    private boolean gone;

    CreditedOutput(int stream, Wire wire, StreamWindow window) {
        this.stream = stream;
        this.wire = wire;
        this.window = window;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        lock.lock();
        try {
            int end = offset + length;
            for (int at = offset; at < end; ) {
                int count = Math.min(awaitCredit(), Math.min(CHUNK, end - at));
                credit -= count;
                wire.send(ServerFrames.data(stream, bytes, at, count));
                at += count;
            }
        } finally {
            lock.unlock();
        }
    }

    /// The client has room for so many bytes more.
    void grant(int bytes) {
        lock.lock();
        try {
            credit += bytes;
            if (credit > StreamWindow.LARGEST) {
                throw new ProtocolException("more credit than was used: " + credit);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// The client has gone: whoever writes, now or later, gets an error.
    void gone() {
        lock.lock();
        try {
            gone = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private int awaitCredit() throws IOException {
        int room = room();
        while (room <= 0 && !gone) {
            try {
                changed.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException("interrupted while the client was not reading");
            }
            room = room();
        }
        if (gone) {
            throw new IOException("the client has gone");
        }
        return room;
    }

    /// What may be sent now: the client's credit, less what the window leaves unused of it.
    private int room() {
        return (int) credit - (StreamWindow.LARGEST - window.bytes());
    }
}
