package dev.kelpie.image.store;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.image.BadImageException;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageIndex;
import dev.kelpie.image.spec.Manifest;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.spec.Platform;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Manifests and indexes as JSON. Reading is strict about what matters and limits everything, since
/// strangers write these; what is stored or sent on are the bytes that came, never what we would
/// write.
public final class ImageJson {

    /// The distribution specification lets registries refuse more than 4 MiB; so do we.
    public static final int LARGEST_MANIFEST = 4 << 20;

    /// Configurations carry the history and may be larger than manifests.
    public static final int LARGEST_CONFIG = 8 << 20;

    /// More layers than an overlay mount takes lower directories (fs/overlayfs/params.h).
    static final int MOST_LAYERS = 500;

    private static final JsonMapper MAPPER =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(64)
                                                    .maxStringLength(LARGEST_MANIFEST)
                                                    .maxDocumentLength(LARGEST_CONFIG)
                                                    .build())
                                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                                    .build())
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private ImageJson() {}

    /// Any JSON object, with the limits of this class; `what` begins the message when it is none.
    public static ObjectNode object(byte[] json, String what) {
        try {
            if (MAPPER.readTree(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (JsonProcessingException e) {
            throw new BadImageException(what + " is not valid JSON: " + e.getOriginalMessage(), e);
        } catch (IOException e) {
            throw new BadImageException(what + " is not valid JSON", e);
        }
        throw new BadImageException(what + " is not a JSON object");
    }

    /// Any JSON value, as [#object].
    public static JsonNode value(byte[] json, String what) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new BadImageException(what + " is not valid JSON", e);
        }
    }

    public static ObjectNode newObject() {
        return MAPPER.createObjectNode();
    }

    public static byte[] bytes(JsonNode node) {
        try {
            return MAPPER.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /// The media type a manifest or index names itself, or looks like when it does not say.
    public static MediaType typeOf(ObjectNode json) {
        if (json.path("mediaType").isTextual()) {
            return new MediaType(json.path("mediaType").textValue());
        }
        return json.has("manifests") ? MediaType.OCI_INDEX : MediaType.OCI_MANIFEST;
    }

    public static Manifest manifest(byte[] json, String what) {
        return read(what, () -> manifest(object(json, what), what));
    }

    private static Manifest manifest(ObjectNode root, String what) {
        if (root.path("schemaVersion").asInt() != 2) {
            throw new BadImageException(
                    what
                            + " has schema version "
                            + root.path("schemaVersion").asText("none")
                            + ", only 2 is supported");
        }
        if (root.has("manifests") || !root.has("config")) {
            // one that is both could be read as either (CVE-2021-41190)
            throw new BadImageException(what + " is not an image manifest");
        }
        var layers = new ArrayList<Descriptor>();
        for (var layer : root.path("layers")) {
            layers.add(descriptor(layer));
        }
        if (layers.size() > MOST_LAYERS) {
            throw new BadImageException(
                    what + " has " + layers.size() + " layers, more than " + MOST_LAYERS);
        }
        return new Manifest(
                typeOf(root),
                descriptor(root.path("config")),
                layers,
                strings(root.path("annotations"), "annotations"));
    }

    public static ImageIndex index(byte[] json, String what) {
        return read(
                what,
                () -> {
                    var root = object(json, what);
                    if (root.has("layers") || root.has("config")) {
                        throw new BadImageException(what + " is not an image index");
                    }
                    var manifests = new ArrayList<Descriptor>();
                    for (var entry : root.path("manifests")) {
                        manifests.add(descriptor(entry));
                    }
                    return new ImageIndex(
                            typeOf(root),
                            manifests,
                            strings(root.path("annotations"), "annotations"));
                });
    }

    /// A descriptor as an object, for indexes and manifests that we write.
    public static ObjectNode toJson(Descriptor descriptor) {
        var json = newObject();
        json.put("mediaType", descriptor.mediaType().value());
        json.put("digest", descriptor.digest().toString());
        json.put("size", descriptor.size());
        descriptor
                .platform()
                .ifPresent(platform -> {
                    var node = json.putObject("platform");
                    node.put("architecture", platform.architecture());
                    node.put("os", platform.os());
                    platform.variant().ifPresent(value -> node.put("variant", value));
                });
        if (!descriptor.annotations().isEmpty()) {
            var node = json.putObject("annotations");
            new TreeMap<>(descriptor.annotations()).forEach(node::put);
        }
        return json;
    }

    /// A manifest as bytes, for images that we make.
    public static byte[] toBytes(Manifest manifest) {
        var json = newObject();
        json.put("schemaVersion", 2);
        json.put("mediaType", manifest.mediaType().value());
        json.set("config", toJson(manifest.config()));
        var layers = json.putArray("layers");
        manifest.layers().forEach(layer -> layers.add(toJson(layer)));
        if (!manifest.annotations().isEmpty()) {
            var annotations = json.putObject("annotations");
            new TreeMap<>(manifest.annotations()).forEach(annotations::put);
        }
        return bytes(json);
    }

    /// An index as bytes, for lists that we make.
    public static byte[] toBytes(ImageIndex index) {
        var json = newObject();
        json.put("schemaVersion", 2);
        json.put("mediaType", index.mediaType().value());
        var manifests = json.putArray("manifests");
        index.manifests().forEach(manifest -> manifests.add(toJson(manifest)));
        if (!index.annotations().isEmpty()) {
            var annotations = json.putObject("annotations");
            new TreeMap<>(index.annotations()).forEach(annotations::put);
        }
        return bytes(json);
    }

    static Descriptor descriptor(JsonNode json) {
        var size = json.path("size");
        if (!size.isIntegralNumber() || !size.canConvertToLong()) {
            throw new IllegalArgumentException("a descriptor's size is not a number: " + size);
        }
        return new Descriptor(
                new MediaType(json.path("mediaType").asText("")),
                Digest.parse(json.path("digest").asText("")),
                size.longValue(),
                platform(json.path("platform")),
                strings(json.path("annotations"), "annotations"));
    }

    static Optional<Platform> platform(JsonNode json) {
        if (!json.path("architecture").isTextual() || !json.path("os").isTextual()) {
            return Optional.empty();
        }
        var variant = json.path("variant").asText("");
        return Optional.of(
                new Platform(
                        json.path("os").textValue(),
                        json.path("architecture").textValue(),
                        variant.isEmpty() ? Optional.empty() : Optional.of(variant)));
    }

    static Map<String, String> strings(JsonNode json, String what) {
        if (json.isMissingNode() || json.isNull()) {
            return Map.of();
        }
        var map = new LinkedHashMap<String, String>();
        for (var property : json.properties()) {
            if (!property.getValue().isTextual()) {
                throw new IllegalArgumentException(
                        what + "." + property.getKey() + " is not a string");
            }
            map.put(property.getKey(), property.getValue().textValue());
        }
        return map;
    }

    static List<String> list(JsonNode json, String what) {
        var list = new ArrayList<String>();
        for (var item : json) {
            if (!item.isTextual()) {
                throw new IllegalArgumentException(what + " is not a list of strings");
            }
            list.add(item.textValue());
        }
        return list;
    }

    static <T> T read(String what, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException e) {
            throw new BadImageException(what + ": " + e.getMessage(), e);
        }
    }
}
