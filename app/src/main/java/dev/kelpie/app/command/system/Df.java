package dev.kelpie.app.command.system;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Listing;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.format.HumanSize;
import dev.kelpie.app.format.HumanTime;
import dev.kelpie.app.format.TextTable;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.spec.ShortId;
import dev.kelpie.image.Image;
import dev.kelpie.image.Storage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `system df`: what images, containers and volumes take of the disk, and what could be had back.
@Command(name = "df", description = "Show disk usage", customSynopsis = "[options]")
final class Df implements Verb {
    private final Call call;

    @Option(names = "--format", description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-v", "--verbose"},
            arity = "0..1",
            description = "Each of them")
    boolean verbose;

    @Parameters List<String> operands = new ArrayList<>();

    Df(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(0, operands);
        if (verbose && format.isPresent()) {
            throw FlagException.meaning("cannot combine --format and --verbose flags");
        }
        if (verbose) {
            each();
            return 0;
        }
        var rows = new ArrayList<>(List.of(images(), containers(), volumes()));
        var cache = call.engine().images().storage().cacheUse();
        if (cache.steps() > 0) {
            // as Docker has it; Podman keeps such layers as images without a name
            rows.add(row("Build Cache", cache.steps(), 0, cache.bytes(), cache.bytes()));
        }
        Listing.of(format, true)
                .print(
                        call,
                        List.of(
                                new Column("TYPE", "Type"),
                                new Column("TOTAL", "Total"),
                                new Column("ACTIVE", "Active"),
                                new Column("SIZE", "Size"),
                                new Column("RECLAIMABLE", "Reclaimable")),
                        rows,
                        () -> Listing.array(rows));
        return 0;
    }

    private ObjectNode images() throws InterruptedException {
        var engine = call.engine();
        var all = engine.images().all();
        var inUse = engine.imagesInUse();
        var used = all.stream().filter(image -> inUse.contains(image.id())).toList();
        var storage = engine.images().storage();
        long size = storage.size(all);
        return row("Images", all.size(), used.size(), size, size - storage.size(used));
    }

    private List<ContainerSummary> counted() throws InterruptedException {
        return call.engine().containers().list().stream()
                .filter(container -> container.kind() != ContainerKind.INFRA)
                .toList();
    }

    private ObjectNode containers() throws InterruptedException {
        var all = counted();
        long size = 0;
        long idle = 0;
        for (var container : all) {
            long bytes = call.engine().diskUse().ofContainer(container.id());
            size += bytes;
            idle += container.state().running() ? 0 : bytes;
        }
        long running = all.stream().filter(each -> each.state().running()).count();
        return row("Containers", all.size(), running, size, idle);
    }

    private ObjectNode volumes() throws InterruptedException {
        var all = call.engine().volumes().list();
        long size = 0;
        long idle = 0;
        for (var volume : all) {
            long bytes = call.engine().diskUse().ofVolume(volume.mountPoint());
            size += bytes;
            idle += volume.usedBy().isEmpty() ? bytes : 0;
        }
        long used = all.stream().filter(volume -> !volume.usedBy().isEmpty()).count();
        return row("Local Volumes", all.size(), used, size, idle);
    }

    private static ObjectNode row(String type, long total, long active, long size, long idle) {
        long percent = size == 0 ? 0 : Math.round(100.0 * idle / size);
        return JsonNodeFactory.instance
                .objectNode()
                .put("Type", type)
                .put("Total", total)
                .put("Active", active)
                .put("RawSize", size)
                .put("RawReclaimable", idle)
                .put("TotalCount", total)
                .put("Size", HumanSize.decimal(size, ""))
                .put("Reclaimable", HumanSize.decimal(idle, "") + " (" + percent + "%)");
    }

    private void each() throws InterruptedException {
        call.line("Images space usage:\n");
        table("REPOSITORY,TAG,IMAGE ID,CREATED,SIZE,SHARED SIZE,UNIQUE SIZE,CONTAINERS", shares());
        call.line("\nContainers space usage:\n");
        table("CONTAINER ID,IMAGE,COMMAND,LOCAL VOLUMES,SIZE,STATUS,NAMES", eachContainer());
        call.line("\nLocal Volumes space usage:\n");
        table("VOLUME NAME,LINKS,SIZE", eachVolume());
    }

    private List<List<String>> eachContainer() throws InterruptedException {
        var rows = new ArrayList<List<String>>();
        for (var container : counted()) {
            rows.add(
                    List.of(
                            ShortId.of(container.id()),
                            container.image().name(),
                            String.join(" ", container.command()),
                            String.valueOf(container.spec().mounts().size()),
                            size(call.engine().diskUse().ofContainer(container.id())),
                            container.state().status().word(),
                            container.name()));
        }
        return rows;
    }

    private List<List<String>> eachVolume() throws InterruptedException {
        var rows = new ArrayList<List<String>>();
        for (var volume : call.engine().volumes().list()) {
            rows.add(
                    List.of(
                            volume.name(),
                            String.valueOf(volume.usedBy().size()),
                            size(call.engine().diskUse().ofVolume(volume.mountPoint()))));
        }
        return rows;
    }

    private List<List<String>> shares() throws InterruptedException {
        var containers = call.engine().containers().list();
        var rows = new ArrayList<List<String>>();
        for (Storage.Share share : call.engine().images().storage().shares()) {
            Image image = share.image();
            var name = image.names().stream().findFirst();
            long users =
                    containers.stream()
                            .filter(each -> each.image().id().equals(image.id().hex()))
                            .count();
            rows.add(
                    List.of(
                            name.map(one -> one.repository()).orElse("<none>"),
                            name.flatMap(one -> one.tag()).orElse("<none>"),
                            image.id().brief(),
                            HumanTime.ago(image.created(), call.now()),
                            size(image.size()),
                            size(share.shared()),
                            size(share.own()),
                            String.valueOf(users)));
        }
        return rows;
    }

    private static String size(long bytes) {
        return HumanSize.decimal(bytes, "");
    }

    private void table(String headings, List<List<String>> rows) {
        var table = TextTable.podman();
        table.row(List.of(headings.split(",")));
        rows.forEach(table::row);
        call.print(table.text(call.width(), call.stdoutIsTerminal()));
    }
}
