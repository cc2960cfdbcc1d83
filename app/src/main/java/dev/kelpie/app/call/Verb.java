package dev.kelpie.app.call;

/// A command, its flags and operands filled in by picocli, ready to run once.
public interface Verb {
    /// Does it; the exit code. What goes wrong is thrown: the door knows the exit code for that.
    int run() throws InterruptedException;
}
