package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.engine.report.ContainerSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Which containers a command works on.
final class Selection {
    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "All containers")
    boolean all;

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The container made last")
    boolean latest;

    @Option(names = "--cidfile", description = "Read the container's id from a file")
    List<String> idFiles = new ArrayList<>();

    @Option(names = "--filter", description = "Only those that pass: key=value")
    List<String> filters = new ArrayList<>();

    @Parameters List<String> containers = new ArrayList<>();

    /// Names as typed, or the ids of those that `--all` stands for: only the `fitting` ones.
    List<String> names(Call call, boolean ignoreMissing, Predicate<ContainerSummary> fitting)
            throws InterruptedException {
        var named = new ArrayList<>(containers);
        named.addAll(Chosen.fromFiles(call, idFiles, ignoreMissing));
        if (named.isEmpty() && !idFiles.isEmpty()) {
            return List.of();
        }
        if (!all && !latest && filters.isEmpty()) {
            return Chosen.of(named, false, false, List.of(), "container");
        }
        var filter = Filter.parse(filters, ContainerFilter.KEYS);
        var found =
                call.engine().containers().list().stream()
                        .filter(latest ? _ -> true : fitting)
                        .filter(each -> ContainerFilter.passes(filter, each, call.now()))
                        .map(ContainerSummary::id)
                        .toList();
        return Chosen.of(named, !latest, latest, found, "container");
    }
}
