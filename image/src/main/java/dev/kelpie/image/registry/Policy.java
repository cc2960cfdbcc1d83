package dev.kelpie.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kelpie.image.BadImageException;
import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.spec.ImageReference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// What this host demands of images before it takes them (containers-policy.json(5)). A host
/// without the file demands nothing; a file that cannot be understood forbids everything.
final class Policy {

    private static final int MOST_KEYS = 100;

    private final Path file;
    private final JsonNode json;

    private Policy(Path file, JsonNode json) {
        this.file = file;
        this.json = json;
    }

    static Optional<Policy> read(RegistrySettings settings) {
        for (var file : settings.policies()) {
            if (Files.isReadable(file)) {
                return Optional.of(new Policy(file, AuthFiles.read(file)));
            }
        }
        return Optional.empty();
    }

    /// All must be met. The most special scope counts, and only that.
    List<PolicyRule> rules(ImageReference name) {
        var docker = json.path("transports").path("docker");
        for (var scope : scopes(name)) {
            if (docker.has(scope)) {
                return rules(docker.path(scope), "transports.docker." + scope);
            }
        }
        if (docker.has("")) {
            return rules(docker.path(""), "transports.docker");
        }
        return rules(json.path("default"), "default");
    }

    static List<String> scopes(ImageReference name) {
        var scopes = new ArrayList<String>();
        scopes.add(name.toString());
        var repository = name.repository();
        scopes.add(repository);
        for (var slash = repository.lastIndexOf('/');
                slash > 0;
                slash = repository.lastIndexOf('/', slash - 1)) {
            scopes.add(repository.substring(0, slash));
        }
        var host = name.domain().orElse("");
        for (var dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
            scopes.add("*" + host.substring(dot));
        }
        return scopes;
    }

    private List<PolicyRule> rules(JsonNode list, String where) {
        if (!list.isArray() || list.isEmpty()) {
            throw bad(where + " is not a list of requirements");
        }
        var rules = new ArrayList<PolicyRule>();
        for (var rule : list) {
            rules.add(rule(rule, where));
        }
        return rules;
    }

    private PolicyRule rule(JsonNode rule, String where) {
        var type = rule.path("type").asText("");
        return switch (type) {
            case "insecureAcceptAnything" -> new PolicyRule.AcceptAnything();
            case "reject" -> new PolicyRule.Reject();
            case "signedBy" -> signedBy(rule, where);
            case "sigstoreSigned" -> sigstore(rule, where);
            default -> throw bad(where + " has a requirement of unknown type '" + type + "'");
        };
    }

    private PolicyRule signedBy(JsonNode rule, String where) {
        var type = rule.path("keyType").asText("");
        if (!type.equals("GPGKeys")) {
            return new PolicyRule.Unverifiable(
                    "it wants a signature by keys of type '"
                            + type
                            + "', which cannot be verified here");
        }
        var keys = new ArrayList<OpenPgpKeys>();
        for (var path : texts(rule, "keyPath", "keyPaths")) {
            try {
                keys.add(OpenPgpKeys.parse(Files.readAllBytes(Path.of(path)), "'" + path + "'"));
            } catch (IOException e) {
                throw bad(where + ": cannot read the key '" + path + "'");
            }
        }
        if (rule.has("keyData")) {
            var data = Base64.getMimeDecoder().decode(rule.path("keyData").asText());
            keys.add(OpenPgpKeys.parse(data, where + ".keyData"));
        }
        if (keys.isEmpty() || keys.size() > MOST_KEYS) {
            throw bad(where + " has no keys, or too many");
        }
        return new PolicyRule.SignedBy(
                OpenPgpKeys.of(keys), identity(rule.path("signedIdentity"), where));
    }

    private PolicyRule sigstore(JsonNode rule, String where) {
        for (var unknown : List.of("fulcio", "pki", "rekorPublicKeyPath", "rekorPublicKeyData")) {
            if (rule.has(unknown)) {
                return new PolicyRule.Unverifiable(
                        "it wants a signature with '"
                                + unknown
                                + "', which cannot be verified here");
            }
        }
        var keys = new ArrayList<PublicKey>();
        for (var path : texts(rule, "keyPath", "keyPaths")) {
            try {
                keys.add(PublicKeys.parse(Files.readString(Path.of(path)), "'" + path + "'"));
            } catch (IOException e) {
                throw bad(where + ": cannot read the key '" + path + "'");
            }
        }
        for (var data : texts(rule, "keyData", "keyDatas")) {
            var pem = new String(Base64.getMimeDecoder().decode(data), StandardCharsets.UTF_8);
            keys.add(PublicKeys.parse(pem, where + ".keyData"));
        }
        if (keys.isEmpty() || keys.size() > MOST_KEYS) {
            throw bad(where + " has no keys, or too many");
        }
        return new PolicyRule.SigstoreSigned(keys, identity(rule.path("signedIdentity"), where));
    }

    private static List<String> texts(JsonNode rule, String one, String several) {
        var texts = new ArrayList<String>();
        if (rule.has(one)) {
            texts.add(rule.path(one).asText());
        }
        rule.path(several).forEach(each -> texts.add(each.asText()));
        return texts;
    }

    private PolicyRule.Identity identity(JsonNode json, String where) {
        if (json.isMissingNode()) {
            return PolicyRule.Identity.USUAL;
        }
        var type = json.path("type").asText("");
        try {
            return new PolicyRule.Identity(
                    PolicyRule.Match.valueOf(type),
                    text(json, "dockerReference", "dockerRepository", "prefix"),
                    text(json, "signedPrefix"));
        } catch (IllegalArgumentException e) {
            throw new ImageStoreException(
                    "'" + file + "': " + where + " has an unknown signedIdentity '" + type + "'",
                    e);
        }
    }

    private static Optional<String> text(JsonNode json, String... keys) {
        for (var key : keys) {
            if (json.has(key)) {
                return Optional.of(json.path(key).asText());
            }
        }
        return Optional.empty();
    }

    private ImageStoreException bad(String message) {
        return new ImageStoreException("'" + file + "': " + message);
    }

    BadImageException refused(String reason) {
        return new BadImageException("policy '" + file + "' refuses it: " + reason);
    }
}
