package dev.kelpie.app.command.network;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.PruneFlags;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.engine.fault.NetworkInUseException;
import dev.kelpie.engine.fault.NetworkNotFoundException;
import dev.kelpie.engine.report.NetworkSummary;
import dev.kelpie.engine.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `network prune`: prints the names of what it removed.
@Command(name = "prune", description = "Remove all networks that nobody is on")
final class Prune implements Verb {
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
        var filter = Filter.parse(filters, NetworkFilter.OF_PRUNE);
        if (asking.refused(
                call,
                "WARNING! This will remove all networks not used by at least one"
                        + " container.")) {
            return 0;
        }
        var networks = call.engine().networks();
        var standard = networks.find("podman").name();
        var unused =
                networks.list().stream()
                        .filter(network -> network.members().isEmpty())
                        .filter(network -> NetworkFilter.passes(filter, network, call.now()))
                        .map(NetworkSummary::name)
                        .filter(name -> !name.equals(standard))
                        .toList();
        var outcomes = networks.remove(unused, false).stream().filter(Prune::isNews).toList();
        return Outcomes.report(call, outcomes, Outcome::asked);
    }

    /// Somebody else may have joined it, or removed it, since it was listed.
    private static boolean isNews(Outcome outcome) {
        return !outcome.failedAs(NetworkInUseException.class, NetworkNotFoundException.class);
    }
}
