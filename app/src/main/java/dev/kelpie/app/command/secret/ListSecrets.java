package dev.kelpie.app.command.secret;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.engine.report.SecretSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
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

    @Option(
            names = {"-f", "--filter"},
            description = "Only those that pass: name=REGEX, id=PREFIX")
    List<String> filters = new ArrayList<>();

    @Option(names = "--format", description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-n", "--noheading"},
            arity = "0..1",
            description = "No line of headings")
    boolean noHeading;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Only the ids")
    boolean quiet;

    @Parameters List<String> operands = new ArrayList<>();

    ListSecrets(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var filter = Filter.parse(filters, Set.of("name", "id"));
        var secrets =
                call.engine().secrets().list().stream()
                        .filter(secret -> filter.passes((key, value) -> holds(secret, key, value)))
                        .sorted(Comparator.comparing(SecretSummary::name))
                        .toList();
        if (quiet && format.isEmpty()) {
            call.lines(secrets.stream().map(SecretSummary::id).toList());
            return 0;
        }
        var rows = secrets.stream().map(each -> SecretJson.row(each, call.now())).toList();
        Listing.of(format, !noHeading)
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
