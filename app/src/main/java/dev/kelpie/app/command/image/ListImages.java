package dev.kelpie.app.command.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.Filter;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;
import dev.kelpie.app.format.HumanSize;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.image.Image;
import dev.kelpie.image.ImageSummary;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `images`.
@Command(name = "images", description = "List images", customSynopsis = "[options] [IMAGE]")
final class ListImages implements Verb {
    private static final String NONE = "<none>";
    private static final Set<String> FILTERS =
            Set.of("reference", "dangling", "id", "before", "since", "until", "after", "label");

    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "All images (there are no intermediate ones)")
    boolean all;

    @Option(names = "--digests", arity = "0..1", description = "Show digests")
    boolean digests;

    @Option(
            names = {"-f", "--filter"},
            description = "Only those that pass: key=value")
    List<String> filters = new ArrayList<>();

    @Option(names = "--format", description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-n", "--noheading"},
            arity = "0..1",
            description = "No line of headings")
    boolean noHeading;

    @Option(names = "--no-trunc", arity = "0..1", description = "Ids in full")
    boolean noTrunc;

    @Option(
            names = {"-q", "--quiet"},
            arity = "0..1",
            description = "Only the ids")
    boolean quiet;

    @Option(names = "--sort", description = "By created, id, repository, size or tag")
    String sort = "created";

    @Option(names = "--history", arity = "0..1", hidden = true)
    boolean history;

    @Parameters List<String> operands = new ArrayList<>();

    ListImages(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atMost(1, operands);
        var filter = Filter.parse(filters, FILTERS);
        var shown = new ArrayList<ImageSummary>();
        for (var image : call.engine().images().list()) {
            if (matchesOperand(image) && passes(filter, image)) {
                shown.add(image);
            }
        }
        shown.sort(order());
        if (quiet && format.isEmpty()) {
            call.lines(shown.stream().map(this::id).distinct().toList());
            return 0;
        }
        var now = call.now();
        var engine = call.engine();
        new Listing(format, !noHeading, 4)
                .print(
                        call,
                        columns(),
                        shown.stream().map(image -> row(image, now)).toList(),
                        () -> Listing.array(new ListedImages(engine).json(shown)));
        return 0;
    }

    private boolean matchesOperand(ImageSummary image) {
        return operands.isEmpty() || isNamed(image, operands.getFirst());
    }

    /// By repository, `repository:tag`, or the ends of them; `*` stands for anything.
    static boolean isNamed(ImageSummary image, String pattern) {
        var name = image.repository() + ":" + image.tag();
        var quoted = "\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E";
        return name.matches("(.*/)?" + quoted + (pattern.matches(".*:[^/]*") ? "" : "(:[^/:]*)?"));
    }

    private boolean passes(Filter filter, ImageSummary image) throws InterruptedException {
        var images = call.engine().images();
        return filter.passes((key, value) ->
                switch (key) {
                    case "reference" -> isNamed(image, value);
                    case "dangling" ->
                            image.repository().equals(NONE) == Boolean.parseBoolean(value);
                    case "id" -> Filter.hasId(image.id().hex(), value);
                    case "before" -> image.created().isBefore(images.get(value).created());
                    case "since", "after" -> image.created().isAfter(images.get(value).created());
                    case "until" ->
                            image.created().isBefore(Times.moment("until", value, call.now()));
                    case "label" ->
                            images.find(image.id().hex())
                                    .filter(found -> hasLabel(found, value))
                                    .isPresent();
                    default -> true;
                });
    }

    private static boolean hasLabel(Image image, String value) {
        return Filter.hasLabel(image.config().config().labels(), value);
    }

    private Comparator<ImageSummary> order() {
        return switch (sort) {
            case "created" -> Comparator.comparing(ImageSummary::created).reversed();
            case "id" -> Comparator.comparing(ImageSummary::id);
            case "repository" -> Comparator.comparing(ImageSummary::repository);
            case "size" -> Comparator.comparingLong(ImageSummary::size);
            case "tag" -> Comparator.comparing(ImageSummary::tag);
            default ->
                    throw FlagException.meaning(
                            "--sort must be one of created, id, repository, size, tag, was \""
                                    + sort
                                    + "\"");
        };
    }

    private List<Column> columns() {
        var columns = new ArrayList<Column>();
        columns.add(new Column("REPOSITORY", "Repository"));
        columns.add(new Column("TAG", "Tag"));
        if (digests) {
            columns.add(new Column("DIGEST", "Digest"));
        }
        columns.add(new Column("IMAGE ID", "ID"));
        columns.add(new Column("CREATED", "Created"));
        columns.add(new Column("SIZE", "Size"));
        return columns;
    }

    private String id(ImageSummary image) {
        return noTrunc ? image.id().toString() : image.id().brief();
    }

    private ObjectNode row(ImageSummary image, Instant now) {
        var age = HumanTime.ago(image.created(), now);
        var row = JsonNodeFactory.instance.objectNode();
        var names = row.putArray("Names");
        if (!image.tag().equals("<none>")) {
            names.add(image.repository() + ":" + image.tag());
        }
        return row.put("Repository", image.repository())
                .put("Tag", image.tag())
                .put("ID", id(image))
                .put("Digest", image.digest().toString())
                .put("Created", age)
                .put("CreatedSince", age)
                .put("CreatedAt", HumanTime.plain(image.created()))
                .put("Dangling", names.isEmpty())
                .put("ReadOnly", false)
                .put("Size", HumanSize.decimal(image.size(), " "))
                .put("VirtualSize", HumanSize.decimal(image.size(), " "));
    }
}
