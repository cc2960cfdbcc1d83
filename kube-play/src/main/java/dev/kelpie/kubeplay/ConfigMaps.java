package dev.kelpie.kubeplay;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The ConfigMaps of one play, by name. They live as long as it: what pods take of them becomes
/// part of the pods.
final class ConfigMaps {

    private final Map<String, Mapping> byName = new HashMap<>();

    ConfigMaps(List<Manifest> manifests) {
        manifests.stream()
                .filter(manifest -> manifest.kind().equals(Manifest.CONFIG_MAP))
                .forEach(manifest -> byName.putIfAbsent(manifest.name(), manifest.document()));
    }

    boolean has(String name) {
        return byName.containsKey(name);
    }

    /// The texts, which are what variables are made of; empty for an unknown one.
    Map<String, String> texts(String name) {
        return Optional.ofNullable(byName.get(name))
                .map(document -> document.textMap("data"))
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
        var document = byName.get(name);
        if (document != null) {
            document.textMap("binaryData")
                    .forEach((key, text) -> contents.put(key, KubeSecrets.normalized(text)));
        }
        return contents;
    }
}
