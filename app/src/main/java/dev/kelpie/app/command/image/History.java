package dev.kelpie.app.command.image;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.format.HumanSize;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `history`: the steps of an image's making, the last one first. Sizes are those of the layers as
/// they are stored.
@Command(
        name = "history",
        description = "Show how an image was made",
        customSynopsis = "[options] IMAGE")
final class History implements Verb {
    private static final int SHORT = 45;

    /// Stands for what made a layer of which nothing is told.
    private static final dev.kelpie.image.spec.History UNTOLD =
            new dev.kelpie.image.spec.History(Optional.empty(), "", "", false);

    private final Call call;

    @Option(names = "--format", description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-H", "--human"},
            arity = "0..1",
            description = "Sizes and times as people read them (default true)")
    boolean human = true;

    @Option(names = "--no-trunc", arity = "0..1", description = "Steps in full")
    boolean noTrunc;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Only the ids")
    boolean quiet;

    @Parameters List<String> operands = new ArrayList<>();

    History(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, operands);
        var image = call.engine().images().get(operands.getFirst());
        var rows = rows(image);
        if (quiet) {
            call.lines(rows.stream().map(row -> row.path("ID").asText()).toList());
            return 0;
        }
        var columns =
                List.of(
                        new Column("ID", "ID"),
                        new Column("CREATED", "Created"),
                        new Column("CREATED BY", "CreatedBy"),
                        new Column("SIZE", "Size"),
                        new Column("COMMENT", "Comment"));
        Listing.of(format, true).print(call, columns, rows, () -> json(image));
        return 0;
    }

    private List<ObjectNode> rows(Image image) {
        var rows = new ArrayList<ObjectNode>();
        for (var step : steps(image)) {
            rows.add(row(step.of(), step.size()));
        }
        if (!rows.isEmpty()) {
            rows.getFirst().put("ID", noTrunc ? image.id().hex() : image.id().brief());
        }
        return rows;
    }

    /// A step of the build and the bytes of its layer.
    private record Step(dev.kelpie.image.spec.History of, long size) {}

    /// The last first.
    private static List<Step> steps(Image image) {
        var layers = new ArrayList<>(image.manifest().layers());
        var steps = new ArrayList<Step>();
        for (var step : image.config().history()) {
            long size = step.emptyLayer() || layers.isEmpty() ? 0 : layers.removeFirst().size();
            steps.addFirst(new Step(step, size));
        }
        if (steps.isEmpty()) {
            layers.forEach(layer -> steps.addFirst(new Step(UNTOLD, layer.size())));
        }
        return steps;
    }

    /// For machines: everything in full.
    private static ArrayNode json(Image image) {
        var all = new ArrayList<ObjectNode>();
        for (var step : steps(image)) {
            var one = JsonNodeFactory.instance.objectNode();
            step.of().created().map(HumanTime::stamp).ifPresent(time -> one.put("created", time));
            one.put("CreatedBy", step.of().createdBy()).put("size", step.size());
            all.add(one.put("comment", step.of().comment()));
        }
        if (!all.isEmpty()) {
            all.getFirst().put("id", image.id().hex());
            var tags = all.getFirst().putArray("tags");
            image.names().forEach(name -> tags.add(name.toString()));
        }
        return JsonNodeFactory.instance.arrayNode().addAll(all);
    }

    private ObjectNode nameless(long size) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("ID", "<missing>")
                .put("Created", "")
                .put("CreatedBy", "")
                .put("Size", size(size))
                .put("Comment", "");
    }

    private ObjectNode row(dev.kelpie.image.spec.History step, long size) {
        var created =
                step.created()
                        .map(time ->
                                human ? HumanTime.ago(time, call.now()) : HumanTime.stamp(time))
                        .orElse("");
        var by = step.createdBy();
        return nameless(size)
                .put("Created", created)
                .put(
                        "CreatedBy",
                        noTrunc || by.length() <= SHORT ? by : by.substring(0, SHORT - 3) + "...")
                .put("Comment", step.comment());
    }

    private String size(long bytes) {
        return human ? HumanSize.decimal(bytes, "") : Long.toString(bytes);
    }
}
