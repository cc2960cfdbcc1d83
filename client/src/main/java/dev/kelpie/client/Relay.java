package dev.kelpie.client;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Does what the service says until it says how the command ended. One thread reads the connection
/// and writes our output; credit goes back only for what was really written.
final class Relay {
    /// What a shell reports of a process that SIGPIPE ended.
    private static final int BROKEN_PIPE = 128 + 13;

    private static final int CREDIT_STEP = 16 * 1024;

    private final Connection connection;
    private final Terminal terminal;
    private final FileServer files;
    private final FileMaker makers;
    private final SourcePump stdin;
    private final FileOutputStream[] outputs = {
        new FileOutputStream(FileDescriptor.out), new FileOutputStream(FileDescriptor.err)
    };
    private final int[] written = new int[2];
    private final byte[] chunk = new byte[Frames.CHUNK];
    private boolean stdinWanted;

    /// @param words of the command line: what the service may name to be made
    Relay(Connection connection, Terminal terminal, List<String> words) {
        this.connection = connection;
        this.terminal = terminal;
        files = new FileServer(connection);
        makers = new FileMaker(connection, words);
        stdin = new SourcePump(connection, Frames.STDIN, new FileInputStream(FileDescriptor.in));
    }

    /// Returns the command's exit status.
    ///
    /// @throws IOException when the service is gone without one
    int run() throws IOException {
        while (true) {
            var payload = connection.receive();
            switch (connection.type()) {
                case Frames.DATA -> {
                    if (!write(payload)) {
                        return BROKEN_PIPE;
                    }
                }
                case Frames.EXIT -> {
                    return payload.get() & 0xff;
                }
                case Frames.CREDIT -> grant(payload.getInt(), payload.getInt());
                case Frames.RAW -> terminal.raw(payload.get() != 0);
                case Frames.OPEN -> files.open(payload.getInt(), text(payload));
                case Frames.CLOSE -> files.close(payload.getInt());
                case Frames.MAKE -> makers.make(payload);
                case Frames.END -> makers.end(payload.getInt());
                case Frames.LIST -> files.list(payload.getInt(), text(payload));
                case Frames.LOOK_UP -> files.lookUp(payload.getInt(), text(payload));
                default -> throw new IOException("frame of unknown type " + connection.type());
            }
        }
    }

    /// Returns false when nobody reads our output any more.
    private boolean write(ByteBuffer payload) throws IOException {
        int stream = payload.getInt();
        int length = payload.remaining();
        if (stream != Frames.STDOUT && stream != Frames.STDERR) {
            makers.write(stream, payload);
            return true;
        }
        try {
            while (payload.hasRemaining()) {
                int count = Math.min(payload.remaining(), chunk.length);
                payload.get(chunk, 0, count);
                outputs[stream - 1].write(chunk, 0, count);
            }
        } catch (IOException _) {
            return false;
        }
        giveBack(stream, length);
        return true;
    }

    private void giveBack(int stream, int bytes) {
        written[stream - 1] += bytes;
        if (written[stream - 1] >= CREDIT_STEP) {
            connection.send(
                    Connection.frame(Frames.CREDIT, 8).putInt(stream).putInt(written[stream - 1]));
            written[stream - 1] = 0;
        }
    }

    private void grant(int stream, int bytes) {
        if (stream != Frames.STDIN) {
            files.grant(stream, bytes);
            return;
        }
        stdin.grant(bytes);
        if (!stdinWanted) {
            stdinWanted = true;
            stdin.start();
        }
    }

    private static String text(ByteBuffer payload) {
        var bytes = new byte[payload.remaining()];
        payload.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
