package dev.kelpie.client;

import sun.misc.Signal;
import sun.misc.SignalHandler;

/// Hands the signals we get on to the service, and the terminal's new size. QUIT stays with the
/// JVM, which cannot give it up. No lambdas: each costs the client a millisecond.
final class Signals implements SignalHandler {
    private static final String[] FORWARDED = {"INT", "TERM", "HUP", "USR1", "USR2", "CONT"};
    private static final String RESIZED = "WINCH";

    private final Connection connection;
    private final Terminal terminal;

    private Signals(Connection connection, Terminal terminal) {
        this.connection = connection;
        this.terminal = terminal;
    }

    static void forward(Connection connection, Terminal terminal, boolean onTerminal) {
        var signals = new Signals(connection, terminal);
        for (var name : FORWARDED) {
            signals.listen(name);
        }
        if (onTerminal) {
            signals.listen(RESIZED);
        }
    }

    private void listen(String name) {
        try {
            Signal.handle(new Signal(name), this);
        } catch (IllegalArgumentException _) {
            // this JVM keeps the signal for itself
        }
    }

    @Override
    public void handle(Signal signal) {
        if (signal.getName().equals(RESIZED)) {
            resize();
            return;
        }
        connection.send(Connection.frame(Frames.SIGNAL, 1).put((byte) signal.getNumber()));
    }

    private void resize() {
        int size = terminal.size();
        if (size != 0) {
            connection.send(Connection.frame(Frames.RESIZE, 4).putInt(size));
        }
    }
}
