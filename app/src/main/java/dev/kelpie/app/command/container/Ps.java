package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.spec.ShortId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `ps`.
@Command(name = "ps", description = "List containers")
final class Ps implements Verb {
    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "Those that do not run too")
    boolean all;

    @Option(
            names = {"-f", "--filter"},
            description = "Only those that pass: key=value")
    List<String> filters = new ArrayList<>();

    @Option(names = "--format", description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-n", "--last"},
            description = "Only the last so many made, in any state")
    int last = -1;

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "Only the container made last, in any state")
    boolean latest;

    @Option(names = "--noheading", arity = "0..1", description = "No line of headings")
    boolean noHeading;

    @Option(names = "--no-trunc", arity = "0..1", description = "Ids and commands in full")
    boolean noTrunc;

    @Option(
            names = {"-p", "--pod"},
            arity = "0..1",
            description = "Show the containers' pods")
    boolean pod;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Only the ids")
    boolean quiet;

    @Option(
            names = {"-s", "--size"},
            arity = "0..1",
            description = "Show sizes")
    boolean size;

    @Option(
            names = "--sort",
            description = "By command, created, id, image, names, runningfor, status")
    String sort = "created";

    @Option(names = "--sync", arity = "0..1", hidden = true)
    boolean sync;

    @Option(names = "--external", arity = "0..1", hidden = true)
    boolean external;

    @Parameters List<String> operands = new ArrayList<>();

    @Option(
            names = {"-w", "--watch"},
            hidden = true)
    String watch = "";

    @Option(names = "--ns", arity = "0..1", hidden = true)
    boolean namespaces;

    Ps(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        RefusedFlags.refuse(
                "--watch", !watch.isEmpty(), "'watch kelpie ps' shows it again and again");
        RefusedFlags.refuse("--ns", namespaces, "they are at /proc/PID/ns, with {{.Pid}}");
        Operands.exactly(0, operands);
        requireSense();
        var filter = Filter.parse(filters, ContainerFilter.KEYS);
        boolean any = all || latest || last >= 0 || filter.has("status") || filter.has("exited");
        var passing =
                call.engine().containers().list().stream()
                        .filter(each -> any || each.state().status() == ContainerStatus.RUNNING)
                        .filter(each -> ContainerFilter.passes(filter, each, call.now()))
                        .toList();
        show(newest(passing).stream().sorted(order()).toList());
        return 0;
    }

    private void requireSense() {
        if (latest && last >= 0) {
            throw FlagException.meaning("--last and --latest cannot be used together");
        }
        if (quiet && noHeading && format.isPresent()) {
            throw FlagException.meaning("quiet and format cannot be used together");
        }
    }

    /// The list is oldest first.
    private List<ContainerSummary> newest(List<ContainerSummary> containers) {
        int wanted = latest ? 1 : last;
        return wanted < 0 || wanted >= containers.size()
                ? containers
                : containers.subList(containers.size() - wanted, containers.size());
    }

    private void show(List<ContainerSummary> containers) throws InterruptedException {
        if (quiet && format.isEmpty()) {
            call.lines(
                    containers.stream()
                            .map(each -> noTrunc ? each.id() : ShortId.of(each.id()))
                            .toList());
            return;
        }
        var now = call.now();
        var sizes = new HashMap<String, ContainerSize>();
        for (var each : size ? containers : List.<ContainerSummary>of()) {
            sizes.put(each.id(), ContainerSize.of(call, each));
        }
        var rows =
                containers.stream()
                        .map(each ->
                                sized(
                                        ContainerRow.of(each, now, !noTrunc),
                                        Optional.ofNullable(sizes.get(each.id()))))
                        .toList();
        Listing.of(format, !noHeading)
                .print(
                        call,
                        columns(),
                        rows,
                        () ->
                                Listing.array(
                                        containers.stream()
                                                .map(each ->
                                                        measured(
                                                                ContainerRow.json(each, now),
                                                                Optional.ofNullable(
                                                                        sizes.get(each.id()))))
                                                .toList()));
    }

    private static ObjectNode sized(ObjectNode row, Optional<ContainerSize> size) {
        size.ifPresent(it -> row.put("Size", it.toString()));
        return row;
    }

    private static ObjectNode measured(ObjectNode json, Optional<ContainerSize> size) {
        size.ifPresent(it ->
                json.putObject("Size").put("rootFsSize", it.whole()).put("rwSize", it.written()));
        return json;
    }

    private List<Column> columns() {
        var columns = new ArrayList<Column>();
        columns.add(new Column("CONTAINER ID", "ID"));
        columns.add(new Column("IMAGE", "Image"));
        columns.add(new Column("COMMAND", "Command"));
        columns.add(new Column("CREATED", "CreatedHuman"));
        columns.add(new Column("STATUS", "Status"));
        columns.add(new Column("PORTS", "Ports"));
        columns.add(new Column("NAMES", "Names"));
        if (pod) {
            columns.add(new Column("POD ID", "Pod"));
            columns.add(new Column("PODNAME", "PodName"));
        }
        if (size) {
            columns.add(new Column("SIZE", "Size"));
        }
        return columns;
    }

    private Comparator<ContainerSummary> order() {
        return switch (sort) {
            case "created" -> Comparator.comparing(each -> each.state().created());
            case "runningfor" ->
                    Comparator.comparing(each -> each.state().started().orElse(call.now()));
            case "command" -> Comparator.comparing(each -> String.join(" ", each.command()));
            case "id" -> Comparator.comparing(ContainerSummary::id);
            case "image" -> Comparator.comparing(each -> each.image().name());
            case "names" -> Comparator.comparing(ContainerSummary::name);
            case "status" -> Comparator.comparing(each -> each.state().status());
            default ->
                    throw FlagException.meaning(
                            "--sort must be one of command, created, id, image, names, runningfor,"
                                    + " status, was \""
                                    + sort
                                    + "\"");
        };
    }
}
