package dev.kelpie.app.command.network;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.engine.report.NetworkSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `network ls`.
@Command(name = "ls", description = "List networks")
final class ListNetworks implements Verb {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("NETWORK ID", "ID"),
                    new Column("NAME", "Name"),
                    new Column("DRIVER", "Driver"));

    private final Call call;

    @Option(
            names = {"-f", "--filter"},
            description = "Only those that pass: name=REGEX, label=KEY=VALUE, dangling=true, ...")
    List<String> filters = new ArrayList<>();

    @Option(names = "--format", description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-n", "--noheading"},
            arity = "0..1",
            description = "No line of headings")
    boolean noHeading;

    @Option(names = "--no-trunc", arity = "0..1", description = "Whole ids")
    boolean noTrunc;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Only the names")
    boolean quiet;

    @Parameters List<String> operands = new ArrayList<>();

    ListNetworks(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var filter = Filter.parse(filters, NetworkFilter.OF_LISTS);
        var networks =
                call.engine().networks().list().stream()
                        .filter(network -> NetworkFilter.passes(filter, network, call.now()))
                        .sorted(Comparator.comparing(NetworkSummary::name))
                        .toList();
        if (quiet && format.isEmpty()) {
            call.lines(networks.stream().map(NetworkSummary::name).toList());
            return 0;
        }
        var rows = networks.stream().map(each -> NetworkJson.row(each, noTrunc)).toList();
        Listing.of(format, !noHeading)
                .print(
                        call,
                        COLUMNS,
                        rows,
                        () -> Listing.array(networks.stream().map(NetworkJson::of).toList()));
        return 0;
    }
}
