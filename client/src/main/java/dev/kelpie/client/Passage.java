package dev.kelpie.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/// One caller on the way to the service and back: bytes both ways until both sides have said their
/// last. The service is not asked before the caller's first word.
final class Passage implements Runnable {
    private static final int BUFFER = 16 * 1024;

    private final SocketChannel caller;
    private final ServiceSource service;
    private final Runnable end;

    /// @param end run when both are done
    Passage(SocketChannel caller, ServiceSource service, Runnable end) {
        this.caller = caller;
        this.service = service;
        this.end = end;
    }

    @Override
    public void run() {
        try (caller) {
            var first = ByteBuffer.allocateDirect(BUFFER);
            if (caller.read(first) > 0) {
                try (var answering = service.plain()) {
                    relay(first.flip(), answering);
                }
            }
        } catch (IOException | ClientException | InterruptedException _) {
            // both sides see the other one hang up
        } finally {
            end.run();
        }
    }

    private void relay(ByteBuffer first, SocketChannel answering)
            throws IOException, InterruptedException {
        write(first, answering);
        var back = Thread.ofVirtual().start(() -> answer(answering));
        copy(caller, answering);
        back.join();
    }

    /// When the service has said its last, it listens no more either.
    private void answer(SocketChannel answering) {
        copy(answering, caller);
        close(caller);
    }

    /// Until the one side has said its last, or the other no longer listens: then neither is heard
    /// any more.
    private static void copy(SocketChannel from, SocketChannel to) {
        var buffer = ByteBuffer.allocateDirect(BUFFER);
        try {
            while (from.read(buffer) >= 0) {
                write(buffer.flip(), to);
                buffer.clear();
            }
            to.shutdownOutput();
        } catch (IOException _) {
            close(from);
            close(to);
        }
    }

    private static void write(ByteBuffer buffer, SocketChannel to) throws IOException {
        while (buffer.hasRemaining()) {
            to.write(buffer);
        }
    }

    private static void close(SocketChannel channel) {
        try {
            channel.close();
        } catch (IOException _) {
            // it is closed
        }
    }
}
