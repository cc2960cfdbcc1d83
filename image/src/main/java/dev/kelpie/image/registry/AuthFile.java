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

/// The file that `login` writes for Podman and Docker (containers-auth.json(5)): credentials by
/// registry or by a part of one, the longest match first. Credential helpers are programs, which
/// this module does not run; they are passed over.
final class AuthFile {

    private static final int LARGEST = 1 << 20;

    private AuthFile() {}

    /// The first of the files that knows the repository.
    static Optional<Credentials> find(List<Path> files, Endpoint endpoint) {
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

    private static Optional<Credentials> find(Path file, Endpoint endpoint) {
        var what = "'" + file + "'";
        JsonNode auths;
        try {
            if (Files.size(file) > LARGEST) {
                throw new ImageStoreException(what + " is larger than " + LARGEST + " bytes");
            }
            auths = ImageJson.object(Files.readAllBytes(file), what).path("auths");
        } catch (IOException e) {
            throw new ImageStoreException("cannot read " + what + ": " + e.getMessage(), e);
        }
        var key = endpoint.host() + "/" + endpoint.path();
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
