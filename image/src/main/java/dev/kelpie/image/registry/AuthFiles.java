package dev.kelpie.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.store.ImageJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The files that `login` writes for Podman and Docker (containers-auth.json(5)): credentials by
/// registry or by a part of one, the longest match first, or the name of a program that keeps them.
final class AuthFiles {

    static final int LARGEST = 1 << 20;

    private final List<Path> files;
    private final CredentialHelpers helpers;

    AuthFiles(List<Path> files, CredentialHelpers helpers) {
        this.files = List.copyOf(files);
        this.helpers = helpers;
    }

    /// From the first of the files that knows the repository.
    Optional<Credentials> find(Endpoint endpoint) throws InterruptedException {
        for (var file : files) {
            if (Files.isReadable(file)) {
                var found = find(file, endpoint);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }

    /// A helper for this very registry first, then what the file itself holds, then the helper for
    /// all of them.
    private Optional<Credentials> find(Path file, Endpoint endpoint) throws InterruptedException {
        var what = "'" + file + "'";
        var json = read(file);
        var own = json.path("credHelpers").path(endpoint.host()).asText("");
        if (!own.isEmpty()) {
            return new CredentialProgram(helpers, own, what).get(endpoint.host());
        }
        var held = held(json.path("auths"), endpoint, what);
        var store = json.path("credsStore").asText("");
        if (held.isPresent() || store.isEmpty()) {
            return held;
        }
        return new CredentialProgram(helpers, store, what).get(endpoint.host());
    }

    static JsonNode read(Path file) {
        var what = "'" + file + "'";
        try {
            if (Files.size(file) > LARGEST) {
                throw new ImageStoreException(what + " is larger than " + LARGEST + " bytes");
            }
            var bytes = Files.readAllBytes(file);
            return bytes.length == 0 ? ImageJson.newObject() : ImageJson.object(bytes, what);
        } catch (IOException e) {
            throw new ImageStoreException("cannot read " + what + ": " + e.getMessage(), e);
        }
    }

    private static Optional<Credentials> held(JsonNode auths, Endpoint endpoint, String what) {
        var key =
                endpoint.path().isEmpty()
                        ? endpoint.host()
                        : endpoint.host() + "/" + endpoint.path();
        while (true) {
            var entry = entry(auths, key);
            if (entry.isPresent()) {
                return credentials(entry.get(), what + ": auths." + key);
            }
            var slash = key.lastIndexOf('/');
            if (slash < 0) {
                return Optional.empty();
            }
            key = key.substring(0, slash);
        }
    }

    /// Docker wrote keys as addresses once, `https://HOST/v1/`.
    private static Optional<JsonNode> entry(JsonNode auths, String key) {
        if (auths.has(key)) {
            return Optional.of(auths.path(key));
        }
        for (var entry : auths.properties()) {
            var name = entry.getKey();
            if (name.contains("://")) {
                var rest = name.substring(name.indexOf("://") + 3);
                var slash = rest.indexOf('/');
                if ((slash < 0 ? rest : rest.substring(0, slash)).equals(key)) {
                    return Optional.of(entry.getValue());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<Credentials> credentials(JsonNode entry, String what) {
        var token = entry.path("identitytoken").asText("");
        if (!token.isEmpty()) {
            return Optional.of(new Credentials.IdentityToken(token));
        }
        var auth = entry.path("auth").asText("");
        if (auth.isEmpty()) {
            return Optional.empty();
        }
        try {
            var plain = new String(Base64.getDecoder().decode(auth), StandardCharsets.UTF_8);
            return Optional.of(Credentials.Password.parse(plain.replace("\0", "")));
        } catch (IllegalArgumentException e) {
            // never quote it: it is a secret
            throw new ImageStoreException(what + " is not base64 of user:password");
        }
    }
}
