package dev.kelpie.app.command.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.image.registry.TrustFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `image trust show`.
@Command(
        name = "show",
        description = "Show what is demanded of images",
        customSynopsis = "[options] [REGISTRY]")
final class TrustShow implements Verb {
    private final Call call;

    @Option(
            names = {"-j", "--json"},
            arity = "0..1",
            description = "As JSON")
    boolean json;

    @Option(names = "--raw", arity = "0..1", description = "The file as it is")
    boolean raw;

    @Option(names = "--noheading", arity = "0..1", description = "No line of headings")
    boolean noHeading;

    @Option(names = "--policypath", hidden = true)
    String policy = "";

    @Parameters List<String> operands = new ArrayList<>();

    TrustShow(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atMost(1, operands);
        var file = file(call, policy);
        if (raw) {
            call.print(file.raw());
            return 0;
        }
        var rows =
                file.rows().stream()
                        .filter(row ->
                                operands.isEmpty() || row.scope().startsWith(operands.getFirst()))
                        .map(TrustShow::row)
                        .toList();
        new Listing(json ? Optional.of("json") : Optional.empty(), !noHeading, 4)
                .print(
                        call,
                        List.of(
                                new Column("TRANSPORT", "transport"),
                                new Column("NAME", "repo_name"),
                                new Column("TYPE", "type"),
                                new Column("KEYS", "keys")),
                        rows,
                        () -> Listing.array(rows));
        return 0;
    }

    static TrustFile file(Call call, String policy) throws InterruptedException {
        return new TrustFile(
                policy.isEmpty()
                        ? call.engine().images().registries().policy()
                        : call.path(policy));
    }

    private static ObjectNode row(TrustFile.Row row) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("transport", row.transport())
                .put("repo_name", row.scope())
                .put("type", row.type())
                .put("keys", row.keys());
    }
}
