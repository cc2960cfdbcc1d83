package dev.kelpie.app.session;

/// Runs one command line; `dev.kelpie.app.command` has the real one.
public interface CommandLine {
    /// Runs the command that the session's arguments name and returns its exit status (0-255).
    /// Called on a virtual thread of the session's own. The thread is interrupted when the client
    /// has gone, or by a terminating signal that nobody handles.
    int run(Session session) throws InterruptedException;
}
