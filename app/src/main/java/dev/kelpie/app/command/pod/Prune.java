package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.PruneFlags;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.RemoveOptions;
import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.fault.PodNotFoundException;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.report.PodStatus;
import dev.kelpie.engine.report.PodSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pod prune`: removes pods whose containers have all ended.
@Command(name = "prune", description = "Remove all stopped pods and their containers")
final class Prune implements Verb {
    private static final Set<PodStatus> GOING = Set.of(PodStatus.EXITED, PodStatus.STOPPED);

    private final Call call;

    @Mixin PruneFlags asking = new PruneFlags();

    @Parameters List<String> operands = new ArrayList<>();

    Prune(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        if (asking.refused(call, "WARNING! This will remove all stopped/exited pods..")) {
            return 0;
        }
        var going =
                call.engine().pods().list().stream()
                        .filter(pod -> GOING.contains(pod.status()))
                        .map(PodSummary::id)
                        .toList();
        var options = new RemoveOptions(false, true, true, Optional.empty());
        var outcomes =
                call.engine().pods().remove(going, options).stream().filter(Prune::isNews).toList();
        return Outcomes.report(call, outcomes, Outcome::id);
    }

    /// It may have been started or removed since it was listed.
    private static boolean isNews(Outcome outcome) {
        return !outcome.failedAs(ContainerStateException.class, PodNotFoundException.class);
    }
}
