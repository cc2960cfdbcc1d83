package dev.kelpie.engine.spec;

import java.util.Map;

/// A Kubernetes Secret that a play brings. The only words here that hold values: never stored as
/// they are, and never printed.
///
/// @param content of each key, base64 (Kubernetes' `data`, with `stringData` in it)
/// @param type such as `Opaque`, kept for display
public record SecretSpec(
        Metadata metadata, String type, Map<String, String> content, boolean immutable) {

    public SecretSpec {
        content = Map.copyOf(content);
    }

    public String name() {
        return metadata.name();
    }

    /// Without the values.
    @Override
    public String toString() {
        return "SecretSpec[name=" + name() + ", keys=" + content.keySet() + "]";
    }
}
