package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.ConfigMapSpec;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The ConfigMaps of one play, by name. They live as long as it: what pods take of them becomes
/// part of the pods, those of the play and, as files, those that run already.
final class ConfigMaps {

    private final Map<String, Manifest> byName = new LinkedHashMap<>();

    ConfigMaps(List<Manifest> manifests) {
        manifests.stream()
                .filter(manifest -> manifest.kind().equals(Manifest.CONFIG_MAP))
                .forEach(manifest -> byName.putIfAbsent(manifest.name(), manifest));
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    boolean isImmutable(String name) {
        return Optional.ofNullable(byName.get(name))
                .filter(map -> map.document().flag("immutable"))
                .isPresent();
    }

    /// All of them, for the pods that run already.
    List<ConfigMapSpec> specs() {
        return byName.values().stream()
                .map(each ->
                        new ConfigMapSpec(
                                each.namespace(),
                                each.name(),
                                contents(each.name()),
                                isImmutable(each.name())))
                .toList();
    }

    /// The texts, which are what variables are made of; empty for an unknown one.
    Map<String, String> texts(String name) {
        return Optional.ofNullable(byName.get(name))
                .map(map -> map.document().textMap("data"))
                .orElse(Map.of());
    }

    /// All keys with their bytes in base64, which are what files are made of.
    Map<String, String> contents(String name) {
        var contents = new TreeMap<String, String>();
        texts(name)
                .forEach((key, text) ->
                        contents.put(
                                key,
                                Base64.getEncoder()
                                        .encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        var map = byName.get(name);
        if (map != null) {
            map.document()
                    .textMap("binaryData")
                    .forEach((key, text) -> contents.put(key, KubeSecrets.normalized(text)));
        }
        return contents;
    }
}
