package dev.kelpie.app.call;

import picocli.CommandLine.Option;

/// What every prune takes: whether to ask first.
public final class PruneFlags {

    @Option(
            names = {"-f", "--force"},
            arity = "0..1",
            description = "Do not ask")
    boolean force;

    /// Whether the user, told this, wants it not to be done.
    public boolean refused(Call call, String warning) {
        return !force && !Question.confirmed(call, warning);
    }
}
