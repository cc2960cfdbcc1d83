package dev.kelpie.image.registry;

import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageReference;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;

/// Where the signatures of one repository lie beside its registry, as files or on a web server
/// (containers-registries.d(5)).
///
/// @param base the address of all, without the repository
record Lookaside(URI base, ImageReference name) {

    private static final int MOST_SIGNATURES = 100;
    private static final int LARGEST = 1 << 20;

    static Lookaside of(SignatureSettings settings, ImageReference name) {
        var base =
                configured(settings, name)
                        .or(() -> settings.usual().map(path -> "file://" + path))
                        .orElseThrow(() ->
                                new ImageStoreException("no place for signatures is configured"));
        try {
            var uri = URI.create(base);
            if (!List.of("file", "http", "https").contains(String.valueOf(uri.getScheme()))) {
                throw new IllegalArgumentException("not an address of files or the web");
            }
            // a path refuses what has a host or a query
            var missing =
                    uri.getScheme().equals("file")
                            ? !Path.of(uri).isAbsolute()
                            : uri.getHost() == null;
            if (missing) {
                throw new IllegalArgumentException("has no host");
            }
            return new Lookaside(uri, name);
        } catch (IllegalArgumentException e) {
            throw new ImageStoreException("lookaside '" + base + "': " + e.getMessage(), e);
        }
    }

    /// What registries.d says of exactly this scope; of the empty one, by default.
    static Optional<String> configured(SignatureSettings settings, String scope) {
        return Optional.ofNullable(places(settings).get(scope));
    }

    /// What the most special scope says, else the default.
    private static Optional<String> configured(SignatureSettings settings, ImageReference name) {
        var places = places(settings);
        for (var scope : Policy.scopes(name)) {
            var place = places.get(scope);
            if (place != null && !scope.startsWith("*")) {
                return Optional.of(place);
            }
        }
        return Optional.ofNullable(places.get(""));
    }

    private static Map<String, String> places(SignatureSettings settings) {
        var places = new HashMap<String, String>();
        var directory = settings.directories().stream().filter(Files::isDirectory).findFirst();
        if (directory.isEmpty()) {
            return places;
        }
        try (var files = Files.newDirectoryStream(directory.get(), "*.yaml")) {
            for (var file : files) {
                read(file, places);
            }
        } catch (IOException e) {
            throw new ImageStoreException(
                    "cannot read '" + directory.get() + "': " + e.getMessage(), e);
        }
        return places;
    }

    private static void read(Path file, Map<String, String> places) throws IOException {
        try {
            Object yaml =
                    new Yaml(new SafeConstructor(new LoaderOptions())).load(Files.readString(file));
            if (yaml instanceof Map<?, ?> map) {
                put("", map.get("default-docker"), places);
                if (map.get("docker") instanceof Map<?, ?> scopes) {
                    scopes.forEach((scope, what) -> put(String.valueOf(scope), what, places));
                }
            }
        } catch (YAMLException e) {
            throw new ImageStoreException("'" + file + "' is not YAML: " + e.getMessage(), e);
        }
    }

    private static void put(String scope, @Nullable Object what, Map<String, String> places) {
        if (what instanceof Map<?, ?> map) {
            for (var key : List.of("sigstore", "lookaside")) {
                if (map.get(key) instanceof String place && !place.isEmpty()) {
                    places.put(scope, place);
                }
            }
        }
    }

    /// All signatures of one manifest, in order.
    List<byte[]> signatures(Digest digest) throws RegistryFailure, InterruptedException {
        var folder =
                base.toString().replaceAll("/+$", "")
                        + "/"
                        + name.path()
                        + "@sha256="
                        + digest.hex()
                        + "/signature-";
        var found = new ArrayList<byte[]>();
        if (String.valueOf(base.getScheme()).equals("file")) {
            for (var one = file(folder, 1);
                    one.isPresent() && found.size() < MOST_SIGNATURES;
                    one = file(folder, found.size() + 1)) {
                found.add(one.get());
            }
            return found;
        }
        try (var wire = new Wire(Trust.of(List.of(), base.getAuthority()), false)) {
            for (var one = fetched(wire, folder, 1);
                    one.isPresent() && found.size() < MOST_SIGNATURES;
                    one = fetched(wire, folder, found.size() + 1)) {
                found.add(one.get());
            }
        }
        return found;
    }

    private static Optional<byte[]> file(String folder, int number) {
        try (var in = Files.newInputStream(Path.of(URI.create(folder + number)))) {
            return Optional.of(bounded(in));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new ImageStoreException("cannot read '" + folder + number + "'", e);
        }
    }

    private static Optional<byte[]> fetched(Wire wire, String folder, int number)
            throws RegistryFailure, InterruptedException {
        var uri = URI.create(folder + number);
        var response = wire.send(Wire.Request.get(uri, Map.of(), Optional.empty()));
        try (var body = response.body()) {
            return switch (response.statusCode()) {
                case 200 -> Optional.of(bounded(body));
                case 404 -> Optional.empty();
                default ->
                        throw RegistryFailure.wrong(
                                "'" + uri + "' answers " + response.statusCode());
            };
        } catch (IOException e) {
            throw RegistryFailure.interrupted("'" + uri + "' broke off", e);
        }
    }

    private static byte[] bounded(InputStream in) throws IOException {
        var bytes = in.readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw new IOException("a signature is larger than " + LARGEST + " bytes");
        }
        return bytes;
    }
}
