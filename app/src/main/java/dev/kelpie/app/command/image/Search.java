package dev.kelpie.app.command.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Failures;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.RegistryException;
import dev.kelpie.image.registry.Access;
import dev.kelpie.image.registry.Queries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `search`: repositories of a registry, or of all that registries.conf lists for searching.
@Command(
        name = "search",
        description = "Search a registry for images",
        customSynopsis = "[options] TERM")
final class Search implements Verb {
    private static final int SHOWN = 44;

    private final Call call;

    @Mixin RegistryFlags registry = new RegistryFlags();

    @Option(
            names = {"-f", "--filter"},
            description = "Only those that pass: is-official=BOOL, stars=N")
    List<String> filters = new ArrayList<>();

    @Option(names = "--format", description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(names = "--limit", description = "At most so many of each registry (default 25)")
    int limit = 25;

    @Option(names = "--list-tags", arity = "0..1", description = "List the tags of a repository")
    boolean tags;

    @Option(names = "--no-trunc", arity = "0..1", description = "Descriptions in full")
    boolean noTrunc;

    @Option(
            names = "--compatible",
            arity = "0..1",
            description = "Stars, official and automated too, as Docker shows them")
    boolean compatible;

    @Parameters List<String> operands = new ArrayList<>();

    Search(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, operands);
        if (limit < 1) {
            throw FlagException.meaning("--limit must be positive, was \"" + limit + "\"");
        }
        var term = operands.getFirst();
        var rows = tags ? tagged(term) : found(term);
        if (rows.isEmpty() && format.isEmpty()) {
            return 0;
        }
        Listing.of(format, true).print(call, columns(), rows, () -> Listing.array(rows));
        return 0;
    }

    private List<Column> columns() {
        var columns = new ArrayList<Column>();
        columns.add(new Column("NAME", "Name"));
        columns.add(tags ? new Column("TAG", "Tag") : new Column("DESCRIPTION", "Description"));
        if (compatible && !tags) {
            columns.add(new Column("STARS", "Stars"));
            columns.add(new Column("OFFICIAL", "Official"));
            columns.add(new Column("AUTOMATED", "Automated"));
        }
        return columns;
    }

    private List<ObjectNode> tagged(String repository) throws InterruptedException {
        var all = call.engine().images().registries().tags(repository, registry.access(call));
        return all.stream()
                .limit(limit)
                .map(tag ->
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("Name", repository)
                                .put("Tag", tag))
                .toList();
    }

    private List<ObjectNode> found(String typed) throws InterruptedException {
        var registries = call.engine().images().registries();
        var access = registry.access(call);
        var slash = typed.indexOf('/');
        var first = slash < 0 ? "" : typed.substring(0, slash);
        if (first.contains(".") || first.contains(":") || first.equals("localhost")) {
            return rows(registries.search(first, typed.substring(slash + 1), limit, access));
        }
        return everywhere(typed, access);
    }

    /// One registry's failure does not hide what the others have.
    private List<ObjectNode> everywhere(String term, Access access) throws InterruptedException {
        var registries = call.engine().images().registries();
        var hits = new ArrayList<Queries.Hit>();
        var failures = new ArrayList<String>();
        for (var name : registries.searched()) {
            try {
                hits.addAll(registries.search(name, term, limit, access));
            } catch (RegistryException e) {
                failures.add(Failures.text(e));
            }
        }
        if (registries.searched().isEmpty()) {
            throw new CommandException(
                    "no registry to search: name one, REGISTRY/"
                            + term
                            + ", or set unqualified-search-registries in registries.conf");
        }
        if (hits.isEmpty() && !failures.isEmpty()) {
            throw new CommandException(String.join("; ", failures));
        }
        failures.forEach(call::note);
        return rows(hits);
    }

    private List<ObjectNode> rows(List<Queries.Hit> hits) {
        var filter = Filter.parse(filters, Set.of("is-official", "is-automated", "stars"));
        return hits.stream()
                .filter(hit -> filter.passes((key, value) -> passes(hit, key, value)))
                .map(this::row)
                .toList();
    }

    private static boolean passes(Queries.Hit hit, String key, String value) {
        return switch (key) {
            case "is-official" -> hit.official() == Boolean.parseBoolean(value);
            case "is-automated" -> !Boolean.parseBoolean(value);
            default -> hit.stars() >= Integer.parseInt(value);
        };
    }

    private ObjectNode row(Queries.Hit hit) {
        var words = hit.description();
        var shown =
                noTrunc || words.length() <= SHOWN ? words : words.substring(0, SHOWN - 3) + "...";
        return JsonNodeFactory.instance
                .objectNode()
                .put("Index", hit.name().substring(0, hit.name().indexOf('/')))
                .put("Name", hit.name())
                .put("Description", shown)
                .put("Stars", hit.stars())
                .put("Official", hit.official() ? "[OK]" : "")
                .put("Automated", "")
                .put("Tag", "");
    }
}
