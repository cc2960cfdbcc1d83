package dev.kelpie.image.registry;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.image.ImageNotFoundException;
import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.store.ImageJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// Writes the file that Podman, Docker and skopeo read credentials from too
/// (containers-auth.json(5)): only for its owner, whole or as it was.
public final class Logins {

    private final Path file;
    private final CredentialHelpers helpers;

    public Logins(Path file, CredentialHelpers helpers) {
        this.file = file;
        this.helpers = helpers;
    }

    /// Keeps credentials for a registry or a part of one; with a helper if the file names one.
    public void keep(String registry, Credentials.Password password) throws InterruptedException {
        var json = json();
        var helper = helper(json, registry);
        if (helper.isPresent()) {
            helper.get().store(registry, password);
            return;
        }
        var plain = password.user() + ":" + password.password();
        json.withObjectProperty("auths")
                .putObject(registry)
                .put(
                        "auth",
                        Base64.getEncoder().encodeToString(plain.getBytes(StandardCharsets.UTF_8)));
        write(json);
    }

    /// The user of a registry.
    public Optional<String> user(String registry) throws InterruptedException {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        var slash = registry.indexOf('/');
        var endpoint =
                new Endpoint(
                        slash < 0 ? registry : registry.substring(0, slash),
                        slash < 0 ? "" : registry.substring(slash + 1),
                        false);
        return new AuthFiles(List.of(file), helpers)
                .find(endpoint)
                .map(found ->
                        found instanceof Credentials.Password(var user, _) ? user : "<token>");
    }

    /// Forgets a registry.
    public void forget(String registry) throws InterruptedException {
        var json = json();
        var helper = helper(json, registry);
        if (helper.isPresent()) {
            helper.get().erase(registry);
        }
        var known =
                json.path("auths") instanceof ObjectNode auths && auths.remove(registry) != null;
        if (known) {
            write(json);
        } else if (helper.isEmpty()) {
            throw new ImageNotFoundException("not logged into '" + registry + "'");
        }
    }

    /// Forgets all registries that the file holds; their names.
    public List<String> forgetAll() throws InterruptedException {
        var json = json();
        var names = new ArrayList<String>();
        json.path("auths").fieldNames().forEachRemaining(names::add);
        for (var helped : json.path("credHelpers").properties()) {
            new CredentialProgram(helpers, helped.getValue().asText(""), "'" + file + "'")
                    .erase(helped.getKey());
        }
        if (Files.exists(file)) {
            json.putObject("auths");
            write(json);
        }
        return List.copyOf(names);
    }

    private ObjectNode json() {
        return Files.exists(file) && AuthFiles.read(file) instanceof ObjectNode object
                ? object
                : ImageJson.newObject();
    }

    private Optional<CredentialProgram> helper(ObjectNode json, String registry) {
        var own = json.path("credHelpers").path(registry).asText("");
        var name = own.isEmpty() ? json.path("credsStore").asText("") : own;
        return name.isEmpty()
                ? Optional.empty()
                : Optional.of(new CredentialProgram(helpers, name, "'" + file + "'"));
    }

    private void write(ObjectNode json) {
        var target = file.toAbsolutePath();
        var half =
                target.resolveSibling(
                        "." + target.getFileName() + "." + ProcessHandle.current().pid());
        try {
            makeParents(target);
            Files.deleteIfExists(half);
            Files.createFile(
                    half,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------")));
            Files.writeString(half, json.toPrettyString() + "\n");
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ImageStoreException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }

    private static void makeParents(Path target) throws IOException {
        var parent = target.getParent();
        if (parent != null && !Files.isDirectory(parent)) {
            Files.createDirectories(
                    parent,
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rwx------")));
        }
    }
}
