package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import dev.kelpie.runtime.ContainerGoneException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;

/// A client's end of a unix SOCK_SEQPACKET socket, which the JDK does not have; see unix(7).
/// Waiting holds no carrier.
public final class PacketSocket implements AutoCloseable {

    private static final int AF_UNIX = 1;
    private static final int SOCK_SEQPACKET_CLOEXEC_NONBLOCK = 5 | 0x80000 | 0x800;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int SHUT_WR = 1;
    private static final int SHUT_RDWR = 2;
    private static final int POLLOUT = 4;
    private static final int ADDRESS_BYTES = 110;
    private static final int MOST_PACKET = 16_384;
    private static final Duration LONG = Duration.ofDays(1);

    private final ReentrantLock lock = new ReentrantLock();
    private final Fd fd;
    private final PollLoop loop;
    private boolean closed;

    private PacketSocket(Fd fd, PollLoop loop) {
        this.fd = fd;
        this.loop = loop;
    }

    /// Connects to a socket file; its path may be longer than the 107 bytes of `sun_path`, since we
    /// go by a descriptor's name. Throws `ContainerGoneException` if nobody listens.
    public static PacketSocket connect(Path path, ExitWatch watch) {
        try (var place = Fd.open(path, Fd.O_PATH, 0)) {
            var address = ByteBuffer.allocate(ADDRESS_BYTES).order(ByteOrder.nativeOrder());
            address.putShort((short) AF_UNIX);
            address.put(place.link().toString().getBytes(StandardCharsets.US_ASCII));
            var fd = new Fd(LibC.socket(AF_UNIX, SOCK_SEQPACKET_CLOEXEC_NONBLOCK, 0));
            try {
                LibC.connect(fd.number(), address.array(), ADDRESS_BYTES);
                return new PacketSocket(fd, watch.loop());
            } catch (LastErrorException e) {
                fd.close();
                throw e;
            }
        } catch (LastErrorException | dev.kelpie.runtime.SystemCallException e) {
            throw new ContainerGoneException("nobody listens at '" + path + "'", e);
        }
    }

    /// Waits for the next packet; an empty one is the end.
    public byte[] receive() throws InterruptedException {
        var buffer = new byte[MOST_PACKET];
        while (true) {
            lock.lock();
            try {
                if (closed) {
                    return new byte[0];
                }
                int length =
                        LibC.read(fd.number(), buffer, new NativeLong(buffer.length)).intValue();
                return Arrays.copyOf(buffer, length);
            } catch (LastErrorException e) {
                if (e.getErrorCode() != Errno.EAGAIN && e.getErrorCode() != Errno.EINTR) {
                    return new byte[0]; // reset: the other side is gone
                }
            } finally {
                lock.unlock();
            }
            waitFor(Fd.POLLIN);
        }
    }

    /// Sends bytes, in as many packets as they need; false once the other side is gone.
    public boolean send(byte[] bytes, int offset, int length) throws InterruptedException {
        for (int at = offset; at < offset + length; ) {
            int size = Math.min(MOST_PACKET, offset + length - at);
            var packet = Arrays.copyOfRange(bytes, at, at + size);
            switch (trySend(packet)) {
                case SENT -> at += size;
                case FULL -> waitFor(POLLOUT);
                case GONE -> {
                    return false;
                }
            }
        }
        return true;
    }

    private enum Sending {
        SENT,
        FULL,
        GONE
    }

    private Sending trySend(byte[] packet) {
        lock.lock();
        try {
            if (closed) {
                return Sending.GONE;
            }
            LibC.send(fd.number(), packet, new NativeLong(packet.length), MSG_NOSIGNAL);
            return Sending.SENT;
        } catch (LastErrorException e) {
            var full = e.getErrorCode() == Errno.EAGAIN || e.getErrorCode() == Errno.EINTR;
            return full ? Sending.FULL : Sending.GONE;
        } finally {
            lock.unlock();
        }
    }

    private void waitFor(int events) throws InterruptedException {
        loop.await(ready(events), LONG);
    }

    private CompletableFuture<Void> ready(int events) {
        lock.lock();
        try {
            return closed ? CompletableFuture.completedFuture(null) : loop.ready(fd, events);
        } finally {
            lock.unlock();
        }
    }

    /// Says that nothing more will be sent.
    public void endSending() {
        shutdown(SHUT_WR);
    }

    private void shutdown(int how) {
        lock.lock();
        try {
            if (!closed) {
                LibC.shutdown(fd.number(), how);
            }
        } catch (LastErrorException _) {
            closed |= how == SHUT_RDWR; // not connected any more: what was wanted
        } finally {
            lock.unlock();
        }
    }

    /// Closes it; whoever waits in `receive` gets the end.
    @Override
    public void close() {
        shutdown(SHUT_RDWR);
        lock.lock();
        try {
            closed = true;
            fd.close();
        } finally {
            lock.unlock();
        }
    }
}
