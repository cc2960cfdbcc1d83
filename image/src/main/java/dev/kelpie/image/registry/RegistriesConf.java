package dev.kelpie.image.registry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.toml.TomlMapper;
import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.spec.ImageReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What containers-registries.conf(5) says: where short names are searched, which registries are
/// insecure, blocked, mirrored or elsewhere.
final class RegistriesConf {

    private static final int LARGEST = 4 << 20;

    /// A `[[registry]]` table.
    private record Registry(
            String prefix,
            String location,
            boolean insecure,
            boolean blocked,
            List<Mirror> mirrors) {}

    private record Mirror(String location, boolean insecure, boolean digestOnly, boolean tagOnly) {}

    private List<String> search = List.of();
    private final Map<String, String> aliases = new HashMap<>();
    private final Map<String, Registry> registries = new LinkedHashMap<>();

    static RegistriesConf read(RegistrySettings settings) {
        var conf = new RegistriesConf();
        for (var file : settings.registriesConf()) {
            if (Files.isReadable(file)) {
                conf.read(file);
                break;
            }
        }
        for (var directory : settings.registriesConfDirectories()) {
            for (var file : dropIns(directory)) {
                conf.read(file);
            }
        }
        for (var file : settings.shortNameAliases()) {
            if (Files.isReadable(file)) {
                conf.read(file);
            }
        }
        return conf;
    }

    private static List<Path> dropIns(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        var files = new ArrayList<Path>();
        try (var stream = Files.newDirectoryStream(directory, "*.conf")) {
            stream.forEach(files::add);
        } catch (IOException e) {
            throw new ImageStoreException("cannot read '" + directory + "': " + e.getMessage(), e);
        }
        files.sort(null);
        return files;
    }

    private void read(Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new ImageStoreException(
                        "'" + file + "' is larger than " + LARGEST + " bytes");
            }
            take(new TomlMapper().readTree(Files.readString(file)));
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new ImageStoreException(
                    "'%s' line %d is not valid TOML: %s"
                            .formatted(
                                    file, at == null ? 0 : at.getLineNr(), e.getOriginalMessage()),
                    e);
        } catch (IOException | IllegalArgumentException e) {
            throw new ImageStoreException("cannot read '" + file + "': " + e.getMessage(), e);
        }
    }

    private void take(JsonNode toml) {
        if (toml.has("unqualified-search-registries")) {
            var found = new ArrayList<String>();
            toml.path("unqualified-search-registries").forEach(name -> found.add(name.asText()));
            search = List.copyOf(found);
        }
        for (var alias : toml.path("aliases").properties()) {
            aliases.put(alias.getKey(), alias.getValue().asText());
        }
        for (var table : toml.path("registry")) {
            var registry = registry(table);
            registries.put(registry.prefix(), registry);
        }
    }

    private static Registry registry(JsonNode table) {
        var location = table.path("location").asText("");
        var prefix = table.path("prefix").asText(location);
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("a [[registry]] has neither prefix nor location");
        }
        var digestOnly = table.path("mirror-by-digest-only").asBoolean();
        var mirrors = new ArrayList<Mirror>();
        for (var mirror : table.path("mirror")) {
            var from = mirror.path("pull-from-mirror").asText("all");
            mirrors.add(
                    new Mirror(
                            mirror.path("location").asText(""),
                            mirror.path("insecure").asBoolean(),
                            digestOnly || from.equals("digest-only"),
                            from.equals("tag-only")));
        }
        return new Registry(
                prefix,
                location.isEmpty() ? prefix : location,
                table.path("insecure").asBoolean(),
                table.path("blocked").asBoolean(),
                mirrors);
    }

    /// Full names that a name may stand for, in the order to try them; none when it is short and
    /// nothing is configured to search.
    List<ImageReference> candidates(ImageReference name) {
        if (!name.isShort()) {
            return List.of(name);
        }
        var alias = aliases.getOrDefault(name.path(), "");
        if (!alias.isEmpty()) {
            var full = ImageReference.parse(alias);
            return List.of(
                    new ImageReference(full.domain(), full.path(), name.tag(), name.digest()));
        }
        return search.stream()
                .map(registry ->
                        ImageReference.parse(registry + "/" + name.path()).withTagAndDigestOf(name))
                .toList();
    }

    /// The registries in which short names are searched.
    List<String> searched() {
        return search;
    }

    /// Whether plain HTTP will do for a registry as a whole.
    boolean isInsecure(String host) {
        return longestPrefix(host).map(Registry::insecure).orElse(false);
    }

    /// Where the bytes of an image may be, mirrors first. Empty when the registry is blocked.
    List<Endpoint> endpoints(ImageReference name) {
        var registry = longestPrefix(name.repository());
        if (registry.isEmpty()) {
            return List.of(Endpoint.of(name.repository(), false));
        }
        var conf = registry.get();
        if (conf.blocked()) {
            return List.of();
        }
        var endpoints = new ArrayList<Endpoint>();
        for (var mirror : conf.mirrors()) {
            var pinned = name.digest().isPresent();
            if (pinned ? !mirror.tagOnly() : !mirror.digestOnly()) {
                endpoints.add(
                        Endpoint.of(
                                relocated(name, conf.prefix(), mirror.location()),
                                mirror.insecure()));
            }
        }
        endpoints.add(
                Endpoint.of(relocated(name, conf.prefix(), conf.location()), conf.insecure()));
        return endpoints;
    }

    private static String relocated(ImageReference name, String prefix, String location) {
        if (prefix.startsWith("*.")) {
            return location.equals(prefix) ? name.repository() : location + "/" + name.path();
        }
        return location + name.repository().substring(prefix.length());
    }

    private Optional<Registry> longestPrefix(String repository) {
        return registries.values().stream()
                .filter(registry -> matches(registry.prefix(), repository))
                .max(java.util.Comparator.comparingInt(registry -> registry.prefix().length()));
    }

    private static boolean matches(String prefix, String repository) {
        if (prefix.startsWith("*.")) {
            var slash = repository.indexOf('/');
            var host = slash < 0 ? repository : repository.substring(0, slash);
            return host.endsWith(prefix.substring(1));
        }
        return repository.equals(prefix) || repository.startsWith(prefix + "/");
    }
}
