package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `kill`.
@Command(
        name = "kill",
        description = "Send a signal to running containers",
        customSynopsis = "[options] CONTAINER [CONTAINER...]")
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
        var names =
                selection.names(
                        call, false, each -> each.state().status() == ContainerStatus.RUNNING);
        var outcomes = call.engine().containers().kill(names, signal);
        return Outcomes.report(call, outcomes, Outcome::asked);
    }
}
