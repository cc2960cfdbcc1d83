package dev.kelpie.runtime;

/// The host lacks a program or a kernel feature; carries the command that mends it.
public final class HostLacksException extends HostException {

    private final String problem;
    private final String mend;

    public HostLacksException(String message, String mend) {
        super(message + " (" + mend + ")");
        this.problem = message;
        this.mend = mend;
    }

    /// What is lacking, without the mend.
    public String problem() {
        return problem;
    }

    /// What to do about it, paste-ready where a command mends it.
    public String mend() {
        return mend;
    }
}
