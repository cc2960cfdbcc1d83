package dev.kelpie.app.session;

/// The size of the client's terminal in characters, as `ioctl_tty(2)`'s `TIOCGWINSZ` tells it.
public record TerminalSize(int rows, int columns) {
    public TerminalSize {
        if (rows < 0 || rows > 0xffff || columns < 0 || columns > 0xffff) {
            throw new IllegalArgumentException(
                    "terminal size must fit in 16 bits, was '" + rows + "x" + columns + "'");
        }
    }
}
