package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.StopOptions;
import dev.kelpie.engine.report.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pod restart`.
@Command(name = "restart", description = "Restart pods", customSynopsis = "[options] POD [POD...]")
final class Restart implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();

    Restart(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var names = selection.names(call, false);
        var outcomes = call.engine().pods().restart(names, StopOptions.DEFAULT);
        return Outcomes.report(call, outcomes, Outcome::id);
    }
}
