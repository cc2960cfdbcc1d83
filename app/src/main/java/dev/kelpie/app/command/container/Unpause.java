package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.Outcome;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `unpause`.
@Command(
        name = "unpause",
        description = "Let paused containers go on",
        customSynopsis = "[options] CONTAINER [CONTAINER...]")
final class Unpause implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();
    @Mixin ShortFilter filter = new ShortFilter();

    Unpause(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        filter.addTo(selection);
        var names =
                selection.names(
                        call, false, each -> each.state().status() == ContainerStatus.PAUSED);
        var outcomes = call.engine().measures().unpause(names);
        return Outcomes.report(call, outcomes, Outcome::asked);
    }
}
