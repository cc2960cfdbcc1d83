package dev.kelpie.image.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.store.ImageJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A policy file, to be shown and changed (containers-policy.json(5)).
public final class TrustFile {

    /// One requirement.
    ///
    /// @param keys the files they are in
    /// @param ids whose keys of OpenPGP they are, by address where they tell one
    public record Row(
            String transport, String scope, String type, List<String> keys, List<String> ids) {
        public Row {
            keys = List.copyOf(keys);
            ids = List.copyOf(ids);
        }
    }

    private static final Pattern ADDRESS = Pattern.compile("<([^<>]+)>\\s*$");

    private final Path file;

    public TrustFile(Path file) {
        this.file = file;
    }

    /// The file as it is; empty when there is none.
    public String raw() {
        try {
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new ImageStoreException("cannot read '" + file + "': " + e.getMessage(), e);
        }
    }

    /// The default first, then scope by scope.
    public List<Row> rows() {
        var json = json();
        var rows = new ArrayList<Row>();
        json.path("default").forEach(rule -> rows.add(row("all", "default", rule)));
        for (var transport : json.path("transports").properties()) {
            for (var scope : transport.getValue().properties()) {
                var kind = transport.getKey().equals("docker") ? "repository" : transport.getKey();
                scope.getValue().forEach(rule -> rows.add(row(kind, scope.getKey(), rule)));
            }
        }
        return rows;
    }

    private static Row row(String transport, String scope, JsonNode rule) {
        var type =
                switch (rule.path("type").asText("")) {
                    case "insecureAcceptAnything" -> "accept";
                    case "signedBy" -> "signed";
                    default -> rule.path("type").asText("");
                };
        var keys = new ArrayList<String>();
        if (rule.has("keyPath")) {
            keys.add(rule.path("keyPath").asText());
        }
        rule.path("keyPaths").forEach(key -> keys.add(key.asText()));
        return new Row(transport, scope, type, keys, type.equals("signed") ? ids(keys) : List.of());
    }

    private static List<String> ids(List<String> keys) {
        var ids = new ArrayList<String>();
        for (var key : keys) {
            try {
                for (var user : OpenPgpKeys.parse(Files.readAllBytes(Path.of(key)), key).users()) {
                    var address = ADDRESS.matcher(user);
                    ids.add(RegistryWords.clean(address.find() ? address.group(1) : user));
                }
            } catch (IOException | ImageStoreException e) {
                // shown without; a pull says what is wrong with it
            }
        }
        return ids;
    }

    /// Demands something of a scope (`default`: of all that has no scope), in place of what was
    /// demanded.
    public void set(String scope, String type, List<String> keys) {
        var json = json();
        var rules =
                scope.equals("default")
                        ? json.putArray("default")
                        : json.withObjectProperty("transports")
                                .withObjectProperty("docker")
                                .putArray(scope);
        if (type.equals("signedBy") || type.equals("sigstoreSigned")) {
            for (var key : keys) {
                var rule = rules.addObject().put("type", type);
                if (type.equals("signedBy")) {
                    rule.put("keyType", "GPGKeys");
                }
                rule.put("keyPath", key);
            }
        } else {
            rules.addObject().put("type", type);
        }
        if (!json.has("default")) {
            json.putArray("default").addObject().put("type", "insecureAcceptAnything");
        }
        write(json);
    }

    private ObjectNode json() {
        return Files.exists(file) && AuthFiles.read(file) instanceof ObjectNode object
                ? object
                : ImageJson.newObject();
    }

    private void write(ObjectNode json) {
        var target = file.toAbsolutePath();
        var half = target.resolveSibling("." + target.getFileName() + ".new");
        try {
            if (target.getParent() != null) {
                Files.createDirectories(target.getParent());
            }
            Files.writeString(half, json.toPrettyString() + "\n", StandardCharsets.UTF_8);
            Files.move(half, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ImageStoreException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }
}
