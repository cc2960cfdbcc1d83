package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pod pause`.
@Command(
        name = "pause",
        description = "Stop all processes of the containers of pods from running",
        customSynopsis = "[options] POD [POD...]")
final class Pause implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();

    Pause(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var names = selection.names(call, false);
        return Outcomes.report(call, call.engine().measures().pausePods(names), Outcome::id);
    }
}
