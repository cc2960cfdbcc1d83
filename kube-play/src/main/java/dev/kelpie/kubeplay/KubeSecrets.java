package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.TreeMap;

/// Makes specs of Secrets that were found right.
final class KubeSecrets {

    private KubeSecrets() {}

    /// `stringData` goes over `data`, as an API server has it.
    static SecretSpec secret(Manifest manifest) {
        var document = manifest.document();
        var content = new TreeMap<String, String>();
        document.textMap("data").forEach((key, text) -> content.put(key, normalized(text)));
        document.textMap("stringData")
                .forEach((key, text) ->
                        content.put(
                                key,
                                Base64.getEncoder()
                                        .encodeToString(text.getBytes(StandardCharsets.UTF_8))));
        return new SecretSpec(
                metadata(manifest, document.mapping("metadata")),
                document.word("type").orElse("Opaque"),
                content,
                document.flag("immutable"));
    }

    private static Metadata metadata(Manifest manifest, Mapping written) {
        return new Metadata(
                manifest.namespace(),
                manifest.name(),
                written.textMap("labels"),
                written.textMap("annotations"));
    }

    /// Base64 in one piece: YAML may have broken it into lines.
    static String normalized(String base64) {
        return base64.replaceAll("[\r\n]", "");
    }
}
