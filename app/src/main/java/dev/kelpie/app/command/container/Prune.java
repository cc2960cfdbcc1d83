package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.PruneFlags;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.engine.RemoveOptions;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `container prune`: removes what has ended or was never started.
@Command(name = "prune", description = "Remove all containers that do not run")
final class Prune implements Verb {
    private static final Set<ContainerStatus> GOING =
            Set.of(ContainerStatus.CREATED, ContainerStatus.EXITED);

    private final Call call;

    @Mixin PruneFlags asking = new PruneFlags();

    @Option(names = "--filter", description = "Only those that pass: label=KEY=VALUE, until=TIME")
    List<String> filters = new ArrayList<>();

    @Parameters List<String> operands = new ArrayList<>();

    Prune(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var filter = Filter.parse(filters, Set.of("label", "label!", "until"));
        if (asking.refused(call, "WARNING! This will remove all non running containers.")) {
            return 0;
        }
        var going =
                call.engine().containers().list().stream()
                        .filter(Prune::isItsOwn)
                        .filter(one -> GOING.contains(one.state().status()))
                        .filter(one -> one.state().standing().waiting().isEmpty())
                        .filter(one -> ContainerFilter.passes(filter, one, call.now()))
                        .map(ContainerSummary::id)
                        .toList();
        var options = new RemoveOptions(false, true, false, Optional.empty());
        var outcomes =
                call.engine().containers().remove(going, options).stream()
                        .filter(Prune::isNews)
                        .toList();
        return Outcomes.report(call, outcomes, Outcome::asked);
    }

    /// Those of pods go with their pods; one that was put into a pod later goes by itself.
    private static boolean isItsOwn(ContainerSummary one) {
        return one.kind() != ContainerKind.INFRA
                && (one.pod().isEmpty() || one.kind() == ContainerKind.EPHEMERAL);
    }

    /// It may have been started or removed since it was listed.
    private static boolean isNews(Outcome outcome) {
        return !outcome.failedAs(ContainerStateException.class, ContainerNotFoundException.class);
    }
}
