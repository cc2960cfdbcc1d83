package dev.kelpie.app.command.unit;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.image.RegistryFlags;
import dev.kelpie.engine.spec.ShortId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `auto-update`: fetches newer images of containers that want that, restarts their units, and
/// takes back an image with which a unit does not become ready.
@Command(name = "auto-update", description = "Update containers of units to newer images")
final class AutoUpdate implements Verb {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("UNIT", "Unit"),
                    new Column("CONTAINER", "Container"),
                    new Column("IMAGE", "Image"),
                    new Column("POLICY", "Policy"),
                    new Column("UPDATED", "Updated"));

    private final Call call;

    @Mixin RegistryFlags registry = new RegistryFlags();

    @Option(
            names = "--dry-run",
            arity = "0..1",
            description = "Only say what would be updated (pending)")
    boolean dryRun;

    @Option(
            names = "--rollback",
            arity = "0..1",
            description = "Go back to the old image when a unit does not start (default true)")
    boolean rollback = true;

    @Option(names = "--format", description = "json, or a template of the fields")
    Optional<String> format = Optional.empty();

    @Parameters List<String> operands = new ArrayList<>();

    AutoUpdate(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        var images = new NewerImages(call, registry.options(call));
        var units = new LinkedHashMap<String, List<Candidate>>();
        for (var container : call.engine().containers().list()) {
            var candidate = Candidate.of(call.engine(), container);
            if (candidate.isPresent()) {
                units.computeIfAbsent(candidate.get().unit(), _ -> new ArrayList<>())
                        .add(candidate.get());
            }
        }
        var rows = new ArrayList<ObjectNode>();
        var errors = new ArrayList<String>();
        for (var unit : units.entrySet()) {
            update(images, unit.getKey(), unit.getValue(), rows, errors);
        }
        Listing.of(format, true).print(call, COLUMNS, rows, () -> Listing.array(rows));
        errors.forEach(error -> call.note("Error: " + error));
        return errors.isEmpty() ? 0 : CommandException.ERROR;
    }

    private void update(
            NewerImages images,
            String unit,
            List<Candidate> members,
            List<ObjectNode> rows,
            List<String> errors)
            throws InterruptedException {
        var newer = new ArrayList<Candidate>();
        for (var member : members) {
            try {
                if (images.isNewer(member)) {
                    newer.add(member);
                }
            } catch (RuntimeException e) {
                errors.add("cannot check image '" + member.image() + "': " + e.getMessage());
            }
        }
        var outcome =
                dryRun
                        ? "pending"
                        : newer.isEmpty() ? "false" : restart(images, unit, newer, errors);
        for (var member : members) {
            rows.add(row(member, newer.contains(member) ? outcome : "false"));
        }
    }

    /// The unit on the new images, or back on the old ones.
    private String restart(
            NewerImages images, String unit, List<Candidate> newer, List<String> errors)
            throws InterruptedException {
        try {
            for (var member : newer) {
                images.fetch(member);
            }
            Systemctl.restart(unit);
            return "true";
        } catch (RuntimeException e) {
            errors.add("cannot update unit '" + unit + "': " + e.getMessage());
            return rollback ? back(images, unit, newer, errors) : "failed";
        }
    }

    private static String back(
            NewerImages images, String unit, List<Candidate> newer, List<String> errors)
            throws InterruptedException {
        try {
            newer.forEach(images::takeBack);
            Systemctl.restart(unit);
            return "rolled back";
        } catch (RuntimeException e) {
            errors.add("cannot go back with unit '" + unit + "': " + e.getMessage());
            return "failed";
        }
    }

    private static ObjectNode row(Candidate member, String updated) {
        var row = JsonNodeFactory.instance.objectNode();
        row.put("Unit", member.unit());
        row.put("Container", ShortId.of(member.container()) + " (" + member.name() + ")");
        row.put("ContainerName", member.name());
        row.put("ContainerID", member.container());
        row.put("Image", member.image());
        row.put("Policy", member.policy());
        row.put("Updated", updated);
        return row;
    }
}
