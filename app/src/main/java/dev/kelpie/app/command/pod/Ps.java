package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.ListingFlags;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.engine.report.PodSummary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pod ps`.
@Command(name = "ps", description = "List pods")
final class Ps implements Verb {
    private static final Set<String> FILTERS =
            Set.of(
                    "ctr-ids",
                    "ctr-names",
                    "ctr-number",
                    "ctr-status",
                    "id",
                    "name",
                    "status",
                    "label",
                    "label!",
                    "until",
                    "network");

    private final Call call;

    @Mixin ListingFlags flags = new ListingFlags();

    @Option(names = "--no-trunc", arity = "0..1", description = "Ids in full")
    boolean noTrunc;

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "Only the pod made last")
    boolean latest;

    @Option(names = "--ctr-ids", arity = "0..1", description = "Show the containers' ids")
    boolean ids;

    @Option(names = "--ctr-names", arity = "0..1", description = "Show the containers' names")
    boolean names;

    @Option(names = "--ctr-status", arity = "0..1", description = "Show the containers' states")
    boolean states;

    @Option(names = "--ns", arity = "0..1", description = "Show the pods' namespaces and cgroups")
    boolean namespaces;

    @Option(names = "--sort", description = "By created, id, name, status or number")
    String sort = "created";

    @Parameters List<String> operands = new ArrayList<>();

    Ps(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var filter = flags.filter(FILTERS);
        var pods =
                call.engine().pods().list().stream()
                        .filter(pod -> filter.passes((key, value) -> holds(pod, key, value)))
                        .sorted(order())
                        .toList();
        var shown = latest && !pods.isEmpty() ? List.of(newest(pods)) : pods;
        if (flags.namesOnly()) {
            call.lines(shown.stream().map(PodSummary::id).toList());
            return 0;
        }
        var rows = shown.stream().map(pod -> PodRow.of(pod, call.now(), !noTrunc)).toList();
        flags.listing()
                .print(
                        call,
                        columns(),
                        rows,
                        () -> Listing.array(shown.stream().map(PodRow::json).toList()));
        return 0;
    }

    private static PodSummary newest(List<PodSummary> pods) {
        return pods.stream().max(Comparator.comparing(PodSummary::created)).orElseThrow();
    }

    private Comparator<PodSummary> order() {
        return switch (sort) {
            case "created" -> Comparator.comparing(PodSummary::created).reversed();
            case "id" -> Comparator.comparing(PodSummary::id);
            case "name" -> Comparator.comparing(PodSummary::name);
            case "status" -> Comparator.comparing(pod -> pod.status().word());
            case "number" -> Comparator.comparingInt(pod -> pod.members().size());
            default ->
                    throw FlagException.meaning(
                            "--sort must be one of created, id, name, status, number, was \""
                                    + sort
                                    + "\"");
        };
    }

    private List<Column> columns() {
        var columns = new ArrayList<Column>();
        columns.add(new Column("POD ID", "Id"));
        columns.add(new Column("NAME", "Name"));
        columns.add(new Column("STATUS", "Status"));
        columns.add(new Column("CREATED", "Created"));
        if (namespaces) {
            columns.add(new Column("CGROUP", "Cgroup"));
            columns.add(new Column("NAMESPACES", "Namespace"));
        }
        columns.add(new Column("INFRA ID", "InfraId"));
        Map.of("IDS", ids, "NAMES", names, "STATUS", states).entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .sorted()
                .forEach(heading -> columns.add(new Column(heading, PodRow.fieldOf(heading))));
        if (!ids && !names && !states) {
            columns.add(new Column("# OF CONTAINERS", "NumberOfContainers"));
        }
        return columns;
    }

    private boolean holds(PodSummary pod, String key, String value) {
        var labels = pod.spec().metadata().labels();
        return switch (key) {
            case "id" -> Filter.hasId(pod.id(), value);
            case "name" -> Filter.matches(pod.name(), value);
            case "status" ->
                    pod.status()
                            .word()
                            .toLowerCase(Locale.ROOT)
                            .equals(value.toLowerCase(Locale.ROOT));
            case "label" -> Filter.hasLabel(labels, value);
            case "label!" -> !Filter.hasLabel(labels, value);
            case "until" -> pod.created().isBefore(Times.moment("until", value, call.now()));
            case "network" ->
                    pod.networks().stream().anyMatch(network -> network.network().equals(value));
            case "ctr-number" -> Integer.toString(pod.members().size()).equals(value);
            case "ctr-ids" ->
                    pod.members().stream().anyMatch(member -> Filter.hasId(member.id(), value));
            case "ctr-names" ->
                    pod.members().stream().anyMatch(member -> Filter.matches(member.name(), value));
            case "ctr-status" ->
                    pod.members().stream().anyMatch(member -> member.status().word().equals(value));
            default -> true;
        };
    }
}
