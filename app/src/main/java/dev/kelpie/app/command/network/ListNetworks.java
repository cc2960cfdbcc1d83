package dev.kelpie.app.command.network;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.ListingFlags;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.NetworkSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

    @Mixin ListingFlags flags = new ListingFlags();

    @Option(names = "--no-trunc", arity = "0..1", description = "Whole ids")
    boolean noTrunc;

    @Parameters List<String> operands = new ArrayList<>();

    ListNetworks(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var filter = flags.filter(NetworkFilter.OF_LISTS);
        var networks =
                call.engine().networks().list().stream()
                        .filter(network -> NetworkFilter.passes(filter, network, call.now()))
                        .sorted(Comparator.comparing(NetworkSummary::name))
                        .toList();
        if (flags.namesOnly()) {
            call.lines(networks.stream().map(NetworkSummary::name).toList());
            return 0;
        }
        var rows = networks.stream().map(each -> NetworkJson.row(each, noTrunc)).toList();
        flags.listing()
                .print(
                        call,
                        COLUMNS,
                        rows,
                        () -> Listing.array(networks.stream().map(NetworkJson::of).toList()));
        return 0;
    }
}
