package dev.kelpie.runtime.conmon;

import dev.kelpie.runtime.kernel.ProcessIdentity;

/// A command running in a container beside its init process; closing it leaves the command alone
/// and removes its files once it ended.
public interface ExecSession extends AttachSession {

    ProcessIdentity process();

    void resize(int columns, int rows);

    /// Waits for the command's end and gives its exit code (128 + signal number if a signal ended
    /// it).
    int exitCode() throws InterruptedException;
}
