package dev.kelpie.app.command.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Inspection;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.container.ContainerJson;
import dev.kelpie.app.command.image.ImageJson;
import dev.kelpie.app.command.network.NetworkJson;
import dev.kelpie.app.command.pod.PodJson;
import dev.kelpie.app.command.volume.VolumeJson;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.fault.VolumeNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `inspect`: whatever has that name, containers before images before volumes before networks
/// before pods.
@Command(
        name = "inspect",
        description = "Display the configuration of a container, image, volume, network or pod",
        customSynopsis = "[options] NAME [NAME...]")
final class Inspect implements Verb {
    private static final List<String> TYPES =
            List.of("all", "container", "image", "volume", "network", "pod");

    private final Call call;

    @Option(
            names = {"-f", "--format"},
            description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The container made last")
    boolean latest;

    @Option(
            names = {"-s", "--size"},
            arity = "0..1",
            hidden = true)
    boolean size;

    @Option(
            names = {"-t", "--type"},
            description = "container, image, volume, network, pod or all (default)")
    String type = "all";

    @Parameters List<String> names = new ArrayList<>();

    Inspect(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        if (!TYPES.contains(type)) {
            throw FlagException.meaning(
                    "the only recognized types are all, container, image, network, pod and volume,"
                            + " was \""
                            + type
                            + "\"");
        }
        if (latest) {
            names.add(Chosen.latest(call.engine().containers().list(), "container").id());
        }
        if (names.isEmpty()) {
            throw FlagException.meaning("no names or ids specified");
        }
        var found = new ArrayList<ObjectNode>();
        var missing = new ArrayList<String>();
        for (var name : names) {
            find(name).ifPresentOrElse(found::add, () -> missing.add(name));
        }
        if (!found.isEmpty() || format.isEmpty()) {
            Inspection.print(call, format, found);
        }
        missing.forEach(name -> call.note("Error: " + missing(name)));
        return missing.isEmpty() ? 0 : CommandException.ERROR;
    }

    private String missing(String name) {
        return switch (type) {
            case "all" -> "no such object: \"" + name + "\"";
            case "image" -> name + ": image not known";
            default -> "no such " + type + " \"" + name + "\"";
        };
    }

    private Optional<ObjectNode> find(String name) throws InterruptedException {
        var engine = call.engine();
        if (wants("container") && engine.containers().exists(name)) {
            return Optional.of(ContainerJson.of(engine.containers(), name));
        }
        if (wants("image")) {
            var image = engine.images().find(name);
            if (image.isPresent()) {
                return image.map(ImageJson::of);
            }
        }
        if (wants("volume")) {
            var volume = volume(name);
            if (volume.isPresent()) {
                return volume;
            }
        }
        if (wants("network") && engine.networks().exists(name)) {
            return Optional.of(NetworkJson.of(engine.networks().find(name)));
        }
        if (wants("pod") && engine.pods().exists(name)) {
            return Optional.of(PodJson.of(engine.pods().find(name)));
        }
        return Optional.empty();
    }

    private boolean wants(String kind) {
        return type.equals("all") || type.equals(kind);
    }

    private Optional<ObjectNode> volume(String name) throws InterruptedException {
        try {
            return Optional.of(VolumeJson.of(call.engine().volumes().find(name)));
        } catch (VolumeNotFoundException _) {
            return Optional.empty();
        }
    }
}
