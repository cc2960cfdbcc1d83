package dev.kelpie.engine.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kelpie.engine.spec.SecretSpec;
import java.io.IOException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What a secret made of a Kubernetes Secret holds: the object itself, as JSON (which is YAML too).
public final class SecretObject {

    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private SecretObject() {}

    /// The same text for equal objects.
    public static byte[] write(SecretSpec secret) {
        var metadata = new LinkedHashMap<String, Object>();
        metadata.put("name", secret.name());
        if (!secret.metadata().labels().isEmpty()) {
            metadata.put("labels", new TreeMap<>(secret.metadata().labels()));
        }
        if (!secret.metadata().annotations().isEmpty()) {
            metadata.put("annotations", new TreeMap<>(secret.metadata().annotations()));
        }
        var object = new LinkedHashMap<String, Object>();
        object.put("apiVersion", "v1");
        object.put("kind", "Secret");
        object.put("metadata", metadata);
        object.put("type", secret.type());
        if (secret.immutable()) {
            object.put("immutable", true);
        }
        object.put("data", new TreeMap<>(secret.content()));
        try {
            return JSON.writeValueAsBytes(object);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("maps and texts are always JSON", e);
        }
    }

    /// The keys with their contents, of such an object or of a plain object of base64 texts; empty
    /// when the text is neither.
    public static Optional<Map<String, byte[]>> keys(byte[] content) {
        try {
            var root = JSON.readTree(content);
            if (root == null || !root.isObject()) {
                return Optional.empty();
            }
            var isSecret = root.path("kind").asText().equals("Secret");
            return isSecret ? decoded(root.path("data")) : decoded(root);
        } catch (IOException _) {
            // the cause would quote the text
            return Optional.empty();
        }
    }

    private static Optional<Map<String, byte[]>> decoded(JsonNode texts) {
        var keys = new TreeMap<String, byte[]>();
        for (var field : texts.properties()) {
            if (!field.getValue().isTextual()) {
                return Optional.empty();
            }
            try {
                keys.put(field.getKey(), Base64.getDecoder().decode(field.getValue().textValue()));
            } catch (IllegalArgumentException _) {
                return Optional.empty();
            }
        }
        return Optional.of(keys);
    }
}
