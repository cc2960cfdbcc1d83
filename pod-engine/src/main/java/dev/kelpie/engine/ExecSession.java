package dev.kelpie.engine;

/// A process started in a running container by `exec`, attached. An interrupt of whoever relays its
/// output or waits for its end kills it.
public interface ExecSession extends Attachment {

    String id();

    /// Waits for its end; the exit code, 128+n for signal n.
    int waitForEnd() throws InterruptedException;
}
