package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `pod start`.
@Command(name = "start", description = "Start pods", customSynopsis = "[options] POD [POD...]")
final class Start implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();

    Start(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var names = selection.names(call, false);
        return Outcomes.report(call, call.engine().pods().start(names), Outcome::asked);
    }
}
