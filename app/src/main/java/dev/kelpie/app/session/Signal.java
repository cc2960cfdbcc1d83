package dev.kelpie.app.session;

/// A signal that the client received, by its Linux number (`signal(7)`).
public record Signal(int number) {
    public static final Signal HUP = new Signal(1);
    public static final Signal INT = new Signal(2);
    public static final Signal QUIT = new Signal(3);
    public static final Signal USR1 = new Signal(10);
    public static final Signal USR2 = new Signal(12);
    public static final Signal TERM = new Signal(15);
    public static final Signal CONT = new Signal(18);

    public Signal {
        if (number < 1 || number > 64) {
            throw new IllegalArgumentException("signal must be 1-64, was '" + number + "'");
        }
    }

    /// Whether a process that does not handle it would end (the ones a terminal or a supervisor
    /// sends).
    public boolean terminates() {
        return equals(HUP) || equals(INT) || equals(QUIT) || equals(TERM);
    }
}
