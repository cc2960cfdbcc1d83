package dev.kelpie.runtime.conmon;

/// How a process is connected.
///
/// @param terminal it gets a terminal (its `OciProcess.terminal` says so too)
/// @param stdin its input stays open for clients that attach; else it reads /dev/null
/// @param stdinOutlivesClients input stays open when an attached client closes it
public record Stdio(boolean terminal, boolean stdin, boolean stdinOutlivesClients) {

    /// No input, no terminal.
    public static Stdio outputOnly() {
        return new Stdio(false, false, false);
    }
}
