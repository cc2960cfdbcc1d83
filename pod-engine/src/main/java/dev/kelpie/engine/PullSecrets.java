package dev.kelpie.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kelpie.engine.fault.SecretException;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.image.registry.Credentials;
import dev.kelpie.image.registry.PullOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The secrets by which pods of a play may pull: of type `kubernetes.io/dockerconfigjson` or the
/// older `dockercfg`, among the manifests or in the engine. One that is missing is as if it were
/// not named, as under the kubelet.
final class PullSecrets {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Core core;
    private final PlaySpec play;

    PullSecrets(Core core, PlaySpec play) {
        this.core = core;
        this.play = play;
    }

    /// How to pull for the pods of a play.
    static ImageResolver.Access access(Core core, PlaySpec play, PlayOptions options) {
        var secrets = new PullSecrets(core, play);
        return (pod, image) -> secrets.options(pod, image, options.pull());
    }

    /// How to pull an image for this pod: by its secrets, unless the user said who we are.
    PullOptions options(PodSpec pod, String image, PullOptions usual) throws InterruptedException {
        if (usual.access().credentials().isPresent()) {
            return usual;
        }
        for (var name : pod.policy().demands().imagePullSecrets()) {
            for (var entry : entries(name).entrySet()) {
                if (covers(entry.getKey(), image)) {
                    var found = credentials(name, entry.getValue());
                    if (found.isPresent()) {
                        return usual.withCredentials(found.get());
                    }
                }
            }
        }
        return usual;
    }

    /// Whether an entry's registry, with or without a scheme and a path, is the image's.
    static boolean covers(String registry, String image) {
        var bare = registry.replaceFirst("^https?://", "").replaceFirst("/(v1|v2)?/?$", "");
        return !bare.isEmpty() && (image.startsWith(bare + "/") || isLike(bare, image));
    }

    /// `*.example.org` stands for one name before it.
    private static boolean isLike(String pattern, String image) {
        var host = image.substring(0, Math.max(0, image.indexOf('/')));
        return pattern.startsWith("*.")
                && host.endsWith(pattern.substring(1))
                && host.indexOf('.') == host.length() - pattern.length() + 1;
    }

    private Map<String, JsonNode> entries(String secret) throws InterruptedException {
        var keys = keys(secret);
        var entries = new LinkedHashMap<String, JsonNode>();
        var config = keys.get(".dockerconfigjson");
        if (config != null) {
            parse(secret, config).path("auths").properties().forEach(e -> add(e, entries));
        }
        var old = keys.get(".dockercfg");
        if (old != null) {
            parse(secret, old).properties().forEach(e -> add(e, entries));
        }
        return entries;
    }

    private static void add(Map.Entry<String, JsonNode> entry, Map<String, JsonNode> entries) {
        entries.putIfAbsent(entry.getKey(), entry.getValue());
    }

    private Map<String, byte[]> keys(String secret) throws InterruptedException {
        var brought =
                play.secrets().stream().filter(each -> each.name().equals(secret)).findFirst();
        if (brought.isPresent()) {
            return decoded(brought.get());
        }
        var row = core.secrets.find(secret);
        return row.isPresent() ? core.secrets.keys(row.get()) : Map.of();
    }

    private static Map<String, byte[]> decoded(SecretSpec secret) {
        var keys = new LinkedHashMap<String, byte[]>();
        secret.content()
                .forEach((key, base64) -> keys.put(key, Base64.getDecoder().decode(base64)));
        return keys;
    }

    /// Nothing of the content may get into a message.
    private static JsonNode parse(String secret, byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException _) {
            throw new SecretException(
                    "secret \"" + secret + "\" cannot open a registry: it is no JSON");
        }
    }

    private static Optional<Credentials> credentials(String secret, JsonNode entry) {
        var user = entry.path("username").asText("");
        if (!user.isEmpty()) {
            return Optional.of(new Credentials.Password(user, entry.path("password").asText("")));
        }
        try {
            var auth = Base64.getDecoder().decode(entry.path("auth").asText(""));
            var text = new String(auth, StandardCharsets.UTF_8);
            return text.indexOf(':') > 0
                    ? Optional.of(Credentials.Password.parse(text))
                    : Optional.empty();
        } catch (IllegalArgumentException _) {
            throw new SecretException(
                    "secret \"" + secret + "\" cannot open a registry: 'auth' is no base64");
        }
    }
}
