package dev.kelpie.engine.spec;

import java.util.Map;

/// A Kubernetes ConfigMap that a play brings: nothing is made of it but files and variables of
/// pods, also files of pods that run already.
///
/// @param contents of each key, base64
/// @param immutable its content is not to change: no pod follows it
public record ConfigMapSpec(
        String namespace, String name, Map<String, String> contents, boolean immutable) {
    public ConfigMapSpec {
        contents = Map.copyOf(contents);
    }
}
