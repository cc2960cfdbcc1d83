package dev.kelpie.kubeplay.report;

/// What becomes of a field on this machine.
public enum Verdict {
    HONOURED("honoured"),
    NO_EFFECT("no effect on one machine"),
    NOT_SUPPORTED("not supported yet");

    private final String words;

    Verdict(String words) {
        this.words = words;
    }

    /// As people read it.
    public String words() {
        return words;
    }
}
