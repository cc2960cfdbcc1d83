package dev.kelpie.app.command.image;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.image.Image;
import dev.kelpie.image.spec.ContainerConfig;
import dev.kelpie.image.spec.History;
import dev.kelpie.image.spec.ImageCommand;
import java.nio.file.Path;
import java.util.stream.Collectors;

/// An image as `inspect` shows it, with Podman's names for everything.
public final class ImageJson {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private ImageJson() {}

    public static ObjectNode of(Image image) {
        var config = image.config();
        var json = JSON.objectNode();
        json.put("Id", image.id().hex());
        json.put("Digest", image.digest().toString());
        var tags = json.putArray("RepoTags");
        image.names().stream()
                .filter(name -> name.digest().isEmpty())
                .forEach(name -> tags.add(name.toString()));
        image.repositoryDigests().forEach(json.putArray("RepoDigests")::add);
        json.put("Parent", "");
        json.put("Comment", "");
        json.put("Created", image.created().toString());
        json.set("Config", config(config.config()));
        json.put("Version", "");
        json.put("Author", config.author().orElse(""));
        json.put("Architecture", config.platform().architecture());
        json.put("Os", config.platform().os());
        json.put("Size", image.size());
        json.put("VirtualSize", image.size());
        json.putObject("GraphDriver")
                .put("Name", "overlay")
                .putObject("Data")
                .put(
                        "LowerDir",
                        image.lowerDirectories().stream()
                                .map(Path::toString)
                                .collect(Collectors.joining(":")));
        var layers = json.putObject("RootFS").put("Type", "layers").putArray("Layers");
        config.diffIds().forEach(layer -> layers.add(layer.toString()));
        config.config().labels().forEach(json.putObject("Labels")::put);
        json.putObject("Annotations");
        json.put("ManifestType", image.manifest().mediaType().toString());
        json.put("User", config.config().user());
        var history = json.putArray("History");
        config.history().forEach(step -> history.add(step(step)));
        var names = json.putArray("NamesHistory");
        image.names().forEach(name -> names.add(name.toString()));
        return json;
    }

    private static ObjectNode step(History step) {
        var json = JSON.objectNode();
        step.created().ifPresent(time -> json.put("created", time.toString()));
        json.put("created_by", step.createdBy());
        if (!step.comment().isEmpty()) {
            json.put("comment", step.comment());
        }
        if (step.emptyLayer()) {
            json.put("empty_layer", true);
        }
        return json;
    }

    private static ObjectNode config(ContainerConfig config) {
        var json = JSON.objectNode();
        if (!config.user().isEmpty()) {
            json.put("User", config.user());
        }
        if (!config.exposedPorts().isEmpty()) {
            var ports = json.putObject("ExposedPorts");
            config.exposedPorts().forEach(ports::putObject);
        }
        config.env().forEach(json.putArray("Env")::add);
        command(json, config.command());
        if (!config.volumes().isEmpty()) {
            var volumes = json.putObject("Volumes");
            config.volumes().forEach(volumes::putObject);
        }
        json.put("WorkingDir", config.workingDir());
        config.labels().forEach(json.putObject("Labels")::put);
        config.stopSignal().ifPresent(signal -> json.put("StopSignal", signal));
        return json;
    }

    private static void command(ObjectNode json, ImageCommand command) {
        if (!command.entrypoint().isEmpty()) {
            command.entrypoint().forEach(json.putArray("Entrypoint")::add);
        }
        if (!command.cmd().isEmpty()) {
            command.cmd().forEach(json.putArray("Cmd")::add);
        }
    }
}
