package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.SecretSpec;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Secret;
import java.util.Map;
import java.util.TreeMap;

/// Secrets as Kubernetes has them: keys with content. One of the engine's own without keys becomes
/// one with a single key, called like it.
public final class Secrets {
    private static final String USUAL_TYPE = "Opaque";

    private Secrets() {}

    /// The name that references use.
    static String nameOf(String secret) {
        return KubeNames.subdomains().fit(secret);
    }

    /// The key under which the whole content of a secret without keys lies.
    public static String wholeKey(String secret) {
        return KubeNames.key(secret);
    }

    static Secret object(SecretSpec spec, String namespace, Losses losses) {
        var secret = new Secret();
        var metadata = new ObjectMeta();
        metadata.setName(nameOf(spec.name()));
        if (!metadata.getName().equals(spec.name())) {
            losses.note("secret '" + spec.name() + "'", "is called '" + metadata.getName() + "'");
        }
        if (!namespace.isEmpty()) {
            metadata.setNamespace(namespace);
        }
        Tags.add(metadata, spec.metadata(), "secret '" + spec.name() + "'", false, losses);
        secret.setMetadata(metadata);
        if (!spec.type().equals(USUAL_TYPE)) {
            secret.setType(spec.type());
        }
        if (spec.immutable()) {
            secret.setImmutable(true);
        }
        secret.setData(content(spec.content()));
        return secret;
    }

    private static Map<String, String> content(Map<String, String> content) {
        return content.isEmpty() ? Map.of() : new TreeMap<>(content);
    }
}
