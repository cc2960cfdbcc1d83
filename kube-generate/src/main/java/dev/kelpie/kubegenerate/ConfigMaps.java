package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.Volume.FileContent;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The ConfigMaps that the pods of one text use, put together of the files and variables that the
/// specs hold.
final class ConfigMaps {
    private final Map<String, Map<String, String>> files = new TreeMap<>();
    private final Map<String, Map<String, String>> texts = new TreeMap<>();
    private final Map<String, String> namespaces = new LinkedHashMap<>();

    /// Takes files into a ConfigMap: key by key, so that several pods may share one.
    void files(String name, List<FileContent> contents, String namespace) {
        var keys = files.computeIfAbsent(name, _ -> new TreeMap<>());
        namespaces.putIfAbsent(name, namespace);
        contents.forEach(file -> key(keys, file));
    }

    /// The key of a file; one of its own where another content has the usual one.
    private static String key(Map<String, String> keys, FileContent file) {
        var base = KubeNames.key(file.path());
        var key = base;
        for (int i = 2; ; i++) {
            var there = keys.putIfAbsent(key, file.base64());
            if (there == null || there.equals(file.base64())) {
                return key;
            }
            key = base.substring(0, Math.min(base.length(), 240)) + "-" + i;
        }
    }

    /// The key of a file that was taken before.
    String keyOf(String name, FileContent file) {
        return key(files.computeIfAbsent(name, _ -> new TreeMap<>()), file);
    }

    /// How many keys a ConfigMap has.
    int size(String name) {
        return files.getOrDefault(name, Map.of()).size();
    }

    /// Makes one of texts, in their order; its name, that of an equal one if there is one.
    String ofTexts(String name, Map<String, String> content) {
        for (int i = 1; ; i++) {
            var candidate = i == 1 ? name : name + "-" + i;
            if (!files.containsKey(candidate) && !texts.containsKey(candidate)) {
                texts.put(candidate, new LinkedHashMap<>(content));
                return candidate;
            }
        }
    }

    /// In the namespace of the pod that asked for it.
    void place(String name, String namespace) {
        namespaces.putIfAbsent(name, namespace);
    }

    /// All of them, by name.
    List<ConfigMap> objects() {
        var names = new TreeMap<String, ConfigMap>();
        files.forEach((name, keys) -> {
            if (!keys.isEmpty()) {
                names.put(name, ofFiles(name, keys));
            }
        });
        texts.forEach((name, content) -> {
            var map = named(name);
            map.setData(content);
            names.put(name, map);
        });
        return new ArrayList<>(names.values());
    }

    private ConfigMap ofFiles(String name, Map<String, String> keys) {
        var data = new TreeMap<String, String>();
        var binary = new TreeMap<String, String>();
        keys.forEach((key, base64) ->
                text(base64)
                        .ifPresentOrElse(
                                text -> data.put(key, text), () -> binary.put(key, base64)));
        var map = named(name);
        map.setData(data);
        map.setBinaryData(binary);
        return map;
    }

    private ConfigMap named(String name) {
        var metadata = new ObjectMeta();
        metadata.setName(name);
        var namespace = namespaces.getOrDefault(name, "");
        if (!namespace.isEmpty()) {
            metadata.setNamespace(namespace);
        }
        var map = new ConfigMap();
        map.setMetadata(metadata);
        return map;
    }

    /// The text, if the bytes are one.
    private static Optional<String> text(String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            var text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return text.codePoints().allMatch(YamlText::isPrintable)
                    ? Optional.of(text)
                    : Optional.empty();
        } catch (CharacterCodingException | IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
