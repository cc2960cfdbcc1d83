package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.PruneFlags;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.engine.fault.VolumeInUseException;
import dev.kelpie.engine.fault.VolumeNotFoundException;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.report.VolumeSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `volume prune`: prints the names of what it removed.
@Command(name = "prune", description = "Remove all volumes that no container uses")
final class Prune implements Verb {
    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            hidden = true,
            description = "What it does anyway")
    boolean all;

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
        var filter = Filter.parse(filters, VolumeFilter.OF_PRUNE);
        var volumes = call.engine().volumes();
        var unused =
                volumes.list().stream()
                        .filter(volume -> volume.usedBy().isEmpty())
                        .filter(volume -> VolumeFilter.passes(filter, volume, call.now()))
                        .map(VolumeSummary::name)
                        .toList();
        if (asking.refused(call, warning(unused))) {
            return 0;
        }
        var outcomes = volumes.remove(unused, false).stream().filter(Prune::isNews).toList();
        return Outcomes.report(call, outcomes, Outcome::asked);
    }

    /// Somebody else may have begun to use it, or removed it, since it was listed.
    private static boolean isNews(Outcome outcome) {
        return !outcome.failedAs(VolumeInUseException.class, VolumeNotFoundException.class);
    }

    private static String warning(List<String> unused) {
        return "WARNING! This will remove all volumes not used by at least one container."
                + " The following volumes will be removed:"
                + unused.stream().map(name -> "\n" + name).collect(Collectors.joining());
    }
}
