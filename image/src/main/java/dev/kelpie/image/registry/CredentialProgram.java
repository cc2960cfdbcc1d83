package dev.kelpie.image.registry;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.store.ImageJson;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/// One program that keeps credentials, named in an auth file. Only its name comes from there, and
/// is checked, so that no file can make us run anything but a `docker-credential-…` of the host.
final class CredentialProgram {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,63}");

    /// The user name that says that the secret is an identity token.
    private static final String TOKEN = "<token>";

    private final CredentialHelpers helpers;
    private final String program;

    /// @param where the file that names it, for messages
    CredentialProgram(CredentialHelpers helpers, String name, String where) {
        if (!NAME.matcher(name).matches()) {
            throw new ImageStoreException(
                    where + ": not the name of a credential helper: '" + name + "'");
        }
        this.helpers = helpers;
        this.program = "docker-credential-" + name;
    }

    /// What it has for a registry; nothing when it says that it has nothing.
    Optional<Credentials> get(String registry) throws InterruptedException {
        var answer = helpers.ask(program, "get", registry);
        if (answer.exitCode() != 0) {
            if (answer.stdout().contains("credentials not found")) {
                return Optional.empty();
            }
            throw failed("get", registry, answer);
        }
        try {
            var json =
                    ImageJson.object(
                            answer.stdout().getBytes(StandardCharsets.UTF_8), "its answer");
            var user = json.path("Username").asText("");
            var secret = json.path("Secret").asText("");
            if (secret.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(
                    user.equals(TOKEN)
                            ? new Credentials.IdentityToken(secret)
                            : new Credentials.Password(user, secret));
        } catch (BadImageException e) {
            // never quote it: it may be half a secret
            throw new ImageStoreException("'" + program + "' did not answer with JSON");
        }
    }

    void store(String registry, Credentials.Password password) throws InterruptedException {
        var json = ImageJson.newObject();
        json.put("ServerURL", registry);
        json.put("Username", password.user());
        json.put("Secret", password.password());
        var answer =
                helpers.ask(
                        program,
                        "store",
                        new String(ImageJson.bytes(json), StandardCharsets.UTF_8));
        if (answer.exitCode() != 0) {
            throw failed("store", registry, answer);
        }
    }

    void erase(String registry) throws InterruptedException {
        var answer = helpers.ask(program, "erase", registry);
        if (answer.exitCode() != 0 && !answer.stdout().contains("credentials not found")) {
            throw failed("erase", registry, answer);
        }
    }

    private ImageStoreException failed(
            String word, String registry, CredentialHelpers.Answer answer) {
        // standard output may hold a secret
        return new ImageStoreException(
                "credential helper '%s %s' failed for '%s' with %d: %s"
                        .formatted(
                                program,
                                word,
                                registry,
                                answer.exitCode(),
                                RegistryWords.clean(answer.stderr())));
    }
}
