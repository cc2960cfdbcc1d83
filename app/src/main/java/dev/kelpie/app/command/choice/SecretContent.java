package dev.kelpie.app.command.choice;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kelpie.engine.report.SecretSummary;
import dev.kelpie.engine.secret.SecretObject;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.kubegenerate.Secrets;
import java.io.IOException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/// Makes Kubernetes Secrets of what the engine keeps: of an object the object, of anything else one
/// key with all of it.
final class SecretContent {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String USUAL_TYPE = "Opaque";

    private SecretContent() {}

    static SecretSpec spec(SecretSummary secret, byte[] content) {
        var object = secret.kube() ? object(content) : JSON.createObjectNode();
        var metadata = object.path("metadata");
        var keys = new TreeMap<String, String>();
        if (secret.kube()) {
            SecretObject.keys(content)
                    .orElse(Map.of())
                    .forEach((key, bytes) -> keys.put(key, base64(bytes)));
        } else {
            keys.put(Secrets.wholeKey(secret.name()), base64(content));
        }
        return new SecretSpec(
                new Metadata(
                        Metadata.DEFAULT_NAMESPACE,
                        secret.name(),
                        secret.kube() ? texts(metadata.path("labels")) : secret.labels(),
                        texts(metadata.path("annotations"))),
                object.path("type").asText(USUAL_TYPE),
                keys,
                object.path("immutable").asBoolean());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private static JsonNode object(byte[] content) {
        try {
            return JSON.readTree(content);
        } catch (IOException _) {
            // the cause would quote the content
            return JSON.createObjectNode();
        }
    }

    private static Map<String, String> texts(JsonNode node) {
        var texts = new TreeMap<String, String>();
        node.properties().forEach(each -> texts.put(each.getKey(), each.getValue().asText()));
        return texts;
    }
}
