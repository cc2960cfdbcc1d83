package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pod kill`.
@Command(
        name = "kill",
        description = "Send a signal to the containers of pods",
        customSynopsis = "[options] POD [POD...]")
final class Kill implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();

    @Option(
            names = {"-s", "--signal"},
            description = "Signal (default KILL)")
    String signal = "KILL";

    Kill(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var names = selection.names(call, false);
        return Outcomes.report(call, call.engine().pods().kill(names, signal), Outcome::id);
    }
}
