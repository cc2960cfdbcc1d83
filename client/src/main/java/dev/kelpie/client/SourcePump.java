package dev.kelpie.client;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/// Reads stdin or a file for the service: only as many bytes as it gave credit for.
final class SourcePump extends Thread {
    private final Connection connection;
    private final int stream;
    private final InputStream source;
    private long credit;
    private boolean stopped;

    SourcePump(Connection connection, int stream, InputStream source) {
        super("source-" + stream);
        this.connection = connection;
        this.stream = stream;
        this.source = source;
        setDaemon(true);
    }

    synchronized void grant(int bytes) {
        credit += bytes;
        notifyAll();
    }

    synchronized void stopReading() {
        stopped = true;
        notifyAll();
    }

    @Override
    public void run() {
        try (source) {
            var reason = pump();
            byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
            connection.send(
                    Connection.frame(Frames.END, 4 + bytes.length).putInt(stream).put(bytes));
        } catch (IOException | InterruptedException _) {
            // the connection is gone, and with it whoever wanted the bytes
        }
    }

    /// Returns why it ended: the empty text for the end of the file.
    private String pump() throws IOException, InterruptedException {
        var buffer = new byte[Frames.CHUNK];
        for (int room = awaitCredit(); room > 0; room = awaitCredit()) {
            int count;
            try {
                count = source.read(buffer, 0, Math.min(room, buffer.length));
            } catch (IOException e) {
                return FileErrors.reason(e);
            }
            if (count < 0) {
                return "";
            }
            spend(count);
            connection.send(
                    Connection.frame(Frames.DATA, 4 + count).putInt(stream).put(buffer, 0, count));
        }
        return "";
    }

    private synchronized int awaitCredit() throws InterruptedException {
        while (credit == 0 && !stopped) {
            wait();
        }
        return stopped ? 0 : (int) Math.min(credit, Integer.MAX_VALUE);
    }

    private synchronized void spend(int bytes) {
        credit -= bytes;
    }
}
