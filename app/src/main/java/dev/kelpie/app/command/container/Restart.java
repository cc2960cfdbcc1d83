package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.StopOptions;
import dev.kelpie.engine.report.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `restart`.
@Command(
        name = "restart",
        description = "Restart containers",
        customSynopsis = "[options] CONTAINER [CONTAINER...]")
final class Restart implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();
    @Mixin ShortFilter filter = new ShortFilter();

    @Option(names = "--running", arity = "0..1", description = "All running containers")
    boolean running;

    @Option(
            names = {"-t", "--time"},
            description = "Seconds from the stop signal to SIGKILL (default: the container's own)")
    int time = -1;

    Restart(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        filter.addTo(selection);
        selection.all |= running;
        var names = selection.names(call, false, each -> !running || each.state().running());
        var options = new StopOptions(Stop.grace(time), false);
        var outcomes = call.engine().containers().restart(names, options);
        return Outcomes.report(call, outcomes, Outcome::asked);
    }
}
