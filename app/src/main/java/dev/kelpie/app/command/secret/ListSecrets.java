package dev.kelpie.app.command.secret;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.ListingFlags;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.engine.report.SecretSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `secret ls`.
@Command(name = "ls", description = "List secrets")
final class ListSecrets implements Verb {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("ID", "ID"),
                    new Column("NAME", "Name"),
                    new Column("DRIVER", "Driver"),
                    new Column("CREATED", "CreatedAt"),
                    new Column("UPDATED", "UpdatedAt"));

    private final Call call;

    @Mixin ListingFlags flags = new ListingFlags();

    @Parameters List<String> operands = new ArrayList<>();

    ListSecrets(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var filter = flags.filter(Set.of("name", "id"));
        var secrets =
                call.engine().secrets().list().stream()
                        .filter(secret -> filter.passes((key, value) -> holds(secret, key, value)))
                        .sorted(Comparator.comparing(SecretSummary::name))
                        .toList();
        if (flags.namesOnly()) {
            call.lines(secrets.stream().map(SecretSummary::id).toList());
            return 0;
        }
        var rows = secrets.stream().map(each -> SecretJson.row(each, call.now())).toList();
        flags.listing()
                .print(
                        call,
                        COLUMNS,
                        rows,
                        () -> Listing.array(secrets.stream().map(SecretJson::of).toList()));
        return 0;
    }

    private static boolean holds(SecretSummary secret, String key, String value) {
        return key.equals("name")
                ? Filter.matches(secret.name(), value)
                : secret.id().startsWith(value);
    }
}
