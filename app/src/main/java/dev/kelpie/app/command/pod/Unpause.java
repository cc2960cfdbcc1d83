package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pod unpause`.
@Command(
        name = "unpause",
        description = "Let the paused containers of pods go on",
        customSynopsis = "[options] POD [POD...]")
final class Unpause implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();

    Unpause(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var names = selection.names(call, false);
        return Outcomes.report(call, call.engine().measures().unpausePods(names), Outcome::id);
    }
}
