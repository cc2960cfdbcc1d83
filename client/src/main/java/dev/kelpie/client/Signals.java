package dev.kelpie.client;

import sun.misc.Signal;

/// Hands the signals we get on to the service, and the terminal's new size. QUIT stays with the
/// JVM, which cannot give it up.

final class Signals {
    private static final String[] FORWARDED = {"INT", "TERM", "HUP", "USR1", "USR2", "CONT"};

    private Signals() {}

    static void forward(Connection connection, Terminal terminal, boolean onTerminal) {
        for (var name : FORWARDED) {
            handle(name, connection);
        }
        if (onTerminal) {
            Signal.handle(new Signal("WINCH"), _ -> resize(connection, terminal));
        }
    }

    private static void handle(String name, Connection connection) {
        try {
            Signal.handle(
                    new Signal(name),
                    signal ->
                            connection.send(
                                    Connection.frame(Frames.SIGNAL, 1)
                                            .put((byte) signal.getNumber())));
        } catch (IllegalArgumentException _) {
            // this JVM keeps the signal for itself
        }
    }

    private static void resize(Connection connection, Terminal terminal) {
        int size = terminal.size();
        if (size != 0) {
            connection.send(Connection.frame(Frames.RESIZE, 4).putInt(size));
        }
    }
}
