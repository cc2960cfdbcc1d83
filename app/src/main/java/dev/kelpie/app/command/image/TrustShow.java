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
        var registries = call.engine().images().registries();
        var rows =
                file.rows().stream()
                        .filter(row ->
                                operands.isEmpty() || row.scope().startsWith(operands.getFirst()))
                        .map(row ->
                                row(
                                        row,
                                        registries
                                                .signatureStore(
                                                        row.scope().equals("default")
                                                                ? ""
                                                                : row.scope())
                                                .orElse("")))
                        .toList();
        new Listing(json ? Optional.of("json") : Optional.empty(), !noHeading, 4)
                .print(
                        call,
                        List.of(
                                new Column("TRANSPORT", "transport"),
                                new Column("NAME", "repo_name"),
                                new Column("TYPE", "type"),
                                new Column("ID", "gpg_id"),
                                new Column("STORE", "sigstore")),
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

    private static ObjectNode row(TrustFile.Row row, String store) {
        var isDefault = row.scope().equals("default");
        var json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("transport", row.transport())
                        .put("name", isDefault ? "* (default)" : row.scope())
                        .put("repo_name", row.scope())
                        .put("type", row.type())
                        .put("gpg_id", String.join(", ", row.ids()))
                        .put("sigstore", store);
        row.keys().forEach(json.putArray("keys")::add);
        return json;
    }
}
