package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `init`: sets containers up, their commands are let go by `start`.
@Command(
        name = "init",
        description = "Set containers up without starting them",
        customSynopsis = "[options] CONTAINER [CONTAINER...]")
final class Init implements Verb {
    private static final Set<ContainerStatus> DOWN =
            Set.of(ContainerStatus.CREATED, ContainerStatus.EXITED);

    private final Call call;

    @Mixin Whole whole = new Whole();

    @Parameters List<String> operands = new ArrayList<>();

    Init(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var selection = new Selection();
        selection.all = whole.all;
        selection.latest = whole.latest;
        selection.containers = operands;
        var names = selection.names(call, false, each -> DOWN.contains(each.state().status()));
        return Outcomes.report(call, call.engine().containers().init(names), Outcome::asked);
    }
}
