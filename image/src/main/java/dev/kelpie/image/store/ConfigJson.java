package dev.kelpie.image.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.image.spec.ContainerConfig;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.History;
import dev.kelpie.image.spec.ImageCommand;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.Platform;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Image configurations as JSON (image-spec, config.md). Writing goes into an object that may
/// already hold fields unknown to us, so that those of a base image live on.
public final class ConfigJson {

    private ConfigJson() {}

    public static ImageConfig parse(byte[] json, String what) {
        return ImageJson.read(what, () -> config(ImageJson.object(json, what)));
    }

    private static ImageConfig config(ObjectNode root) {
        var rootfs = root.path("rootfs");
        if (!rootfs.path("type").asText("layers").equals("layers")) {
            throw new IllegalArgumentException(
                    "rootfs type is not 'layers': '" + rootfs.path("type").asText() + "'");
        }
        var diffIds = ImageJson.list(rootfs.path("diff_ids"), "diff_ids");
        return new ImageConfig(
                ImageJson.platform(root).orElse(new Platform("linux", "", Optional.empty())),
                time(root.path("created")),
                text(root.path("author")),
                container(root.path("config")),
                diffIds.stream().map(Digest::parse).toList(),
                history(root.path("history")),
                HealthCheckJson.parse(root.path("config").path("Healthcheck")),
                ImageJson.list(root.path("config").path("OnBuild"), "OnBuild"));
    }

    private static ContainerConfig container(JsonNode json) {
        return new ContainerConfig(
                new ImageCommand(
                        ImageJson.list(json.path("Entrypoint"), "Entrypoint"),
                        ImageJson.list(json.path("Cmd"), "Cmd"),
                        ImageJson.list(json.path("Shell"), "Shell")),
                json.path("User").asText(""),
                json.path("WorkingDir").asText(""),
                ImageJson.list(json.path("Env"), "Env"),
                keys(json.path("ExposedPorts")),
                keys(json.path("Volumes")),
                text(json.path("StopSignal")),
                ImageJson.strings(json.path("Labels"), "Labels"));
    }

    private static List<History> history(JsonNode json) {
        var history = new ArrayList<History>();
        for (var step : json) {
            history.add(
                    new History(
                            time(step.path("created")),
                            step.path("created_by").asText(""),
                            step.path("comment").asText(""),
                            step.path("empty_layer").asBoolean()));
        }
        return history;
    }

    /// Writes `config` over `onto`, leaving its other fields.
    public static byte[] toBytes(ImageConfig config, ObjectNode onto) {
        onto.put("architecture", config.platform().architecture());
        onto.put("os", config.platform().os());
        config.platform().variant().ifPresent(variant -> onto.put("variant", variant));
        config.created().ifPresent(time -> onto.put("created", time.toString()));
        config.author().ifPresent(author -> onto.put("author", author));
        var container = onto.withObjectProperty("config");
        write(config.config(), container);
        HealthCheckJson.write(config.healthCheck(), container);
        putList(container, "OnBuild", config.onBuild());
        var rootfs = onto.putObject("rootfs");
        rootfs.put("type", "layers");
        var diffIds = rootfs.putArray("diff_ids");
        config.diffIds().forEach(diffId -> diffIds.add(diffId.toString()));
        var history = onto.putArray("history");
        for (var step : config.history()) {
            var node = history.addObject();
            step.created().ifPresent(time -> node.put("created", time.toString()));
            node.put("created_by", step.createdBy());
            if (!step.comment().isEmpty()) {
                node.put("comment", step.comment());
            }
            if (step.emptyLayer()) {
                node.put("empty_layer", true);
            }
        }
        return ImageJson.bytes(onto);
    }

    private static void write(ContainerConfig config, ObjectNode onto) {
        putList(onto, "Entrypoint", config.command().entrypoint());
        putList(onto, "Cmd", config.command().cmd());
        putList(onto, "Shell", config.command().shell());
        putText(onto, "User", config.user());
        putText(onto, "WorkingDir", config.workingDir());
        putList(onto, "Env", config.env());
        putKeys(onto, "ExposedPorts", config.exposedPorts());
        putKeys(onto, "Volumes", config.volumes());
        putText(onto, "StopSignal", config.stopSignal().orElse(""));
        onto.remove("Labels");
        if (!config.labels().isEmpty()) {
            var labels = onto.putObject("Labels");
            config.labels().forEach(labels::put);
        }
    }

    private static void putText(ObjectNode onto, String key, String value) {
        onto.remove(key);
        if (!value.isEmpty()) {
            onto.put(key, value);
        }
    }

    private static void putList(ObjectNode onto, String key, Collection<String> values) {
        onto.remove(key);
        if (!values.isEmpty()) {
            var array = onto.putArray(key);
            values.forEach(array::add);
        }
    }

    private static void putKeys(ObjectNode onto, String key, Collection<String> values) {
        onto.remove(key);
        if (!values.isEmpty()) {
            var object = onto.putObject(key);
            values.forEach(object::putObject);
        }
    }

    private static Set<String> keys(JsonNode json) {
        var keys = new LinkedHashSet<String>();
        json.fieldNames().forEachRemaining(keys::add);
        return keys;
    }

    private static Optional<String> text(JsonNode json) {
        var text = json.asText("");
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }

    private static Optional<Instant> time(JsonNode json) {
        if (!json.isTextual()) {
            return Optional.empty();
        }
        try {
            return Optional.of(OffsetDateTime.parse(json.textValue()).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("not a time: '" + json.textValue() + "'", e);
        }
    }
}
