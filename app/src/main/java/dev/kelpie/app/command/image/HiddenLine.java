package dev.kelpie.app.command.image;

import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.session.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A line from the terminal that is not shown there: the terminal is raw meanwhile, so that the
/// keys which edit and end a line are ours to know.
final class HiddenLine {

    private static final int LONGEST = 4096;
    private static final int CONTROL_C = 3;
    private static final int CONTROL_D = 4;
    private static final int CONTROL_U = 21;
    private static final int DELETE = 127;

    private final Session session;
    private byte[] line = new byte[0];

    HiddenLine(Session session) {
        this.session = session;
    }

    String ask(String question) {
        session.stdout().print(question);
        session.rawTerminal(true);
        try {
            while (take(session.stdin().read())) {
                // until the line ends
            }
            return new String(line, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException("cannot read standard input: " + e.getMessage());
        } finally {
            session.rawTerminal(false);
            session.stdout().print("\n");
        }
    }

    /// Whether the line goes on.
    private boolean take(int key) {
        switch (key) {
            case -1, '\r', '\n', CONTROL_D -> {
                return false;
            }
            case CONTROL_C -> throw new CommandException("interrupted");
            case CONTROL_U -> line = new byte[0];
            case '\b', DELETE -> dropLast();
            default -> append(key);
        }
        return true;
    }

    /// One character, which may be several bytes of UTF-8.
    private void dropLast() {
        var end = line.length;
        while (end > 0 && (line[--end] & 0xc0) == 0x80) {
            // a byte that only continues the character
        }
        line = Arrays.copyOf(line, end);
    }

    private void append(int key) {
        if (line.length < LONGEST) {
            var longer = new ByteArrayOutputStream();
            longer.writeBytes(line);
            longer.write(key);
            line = longer.toByteArray();
        }
    }
}
