package dev.kelpie.app.command.network;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.runtime.network.Subnet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `network update`: other resolvers for a network, at once.
@Command(
        name = "update",
        description = "Change whom the DNS of a network asks",
        customSynopsis = "[options] NETWORK")
final class Update implements Verb {
    private final Call call;

    @Option(names = "--dns-add", split = ",", description = "Address to ask for other names")
    List<String> add = new ArrayList<>();

    @Option(names = "--dns-drop", split = ",", description = "Address to ask no more")
    List<String> drop = new ArrayList<>();

    @Parameters List<String> operands = new ArrayList<>();

    Update(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, operands);
        var added = add.stream().map(Update::address).toList();
        var dropped = drop.stream().map(Update::address).toList();
        call.line(
                call.engine()
                        .networks()
                        .update(
                                operands.getFirst(),
                                now -> {
                                    var all = new LinkedHashSet<>(now);
                                    all.addAll(added);
                                    dropped.forEach(all::remove);
                                    return List.copyOf(all);
                                }));
        return 0;
    }

    /// An address as it is kept.
    static String address(String text) {
        return Subnet.address(text)
                .map(Subnet::text)
                .orElseThrow(() ->
                        FlagException.meaning("unable to parse ip " + text + ": not an address"));
    }
}
