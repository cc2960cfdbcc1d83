package dev.kelpie.image.registry;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Where this host keeps what it knows about registries. Files that are missing are skipped; they
/// are read anew at each pull, so that a `login` or an edit is seen at once.
///
/// @param registriesConf the first one that exists counts
/// @param registriesConfDirectories whose `*.conf` files override parts of it, in order
/// @param authFiles looked through in order
/// @param certificateDirectories with `HOST[:PORT]/*.crt` of private authorities
public record RegistrySettings(
        List<Path> registriesConf,
        List<Path> registriesConfDirectories,
        List<Path> authFiles,
        List<Path> certificateDirectories) {

    public static final RegistrySettings NONE =
            new RegistrySettings(List.of(), List.of(), List.of(), List.of());

    /// The usual places (containers-registries.conf(5), containers-auth.json(5)), from an
    /// environment.
    public static RegistrySettings from(Map<String, String> environment) {
        var home = Path.of(named(environment, "HOME").orElse("/root"));
        var configHome =
                named(environment, "XDG_CONFIG_HOME")
                        .map(Path::of)
                        .orElse(home.resolve(".config"))
                        .resolve("containers");
        var conf = named(environment, "CONTAINERS_REGISTRIES_CONF").map(Path::of);
        var etc = Path.of("/etc/containers");
        return new RegistrySettings(
                conf.map(List::of)
                        .orElse(
                                List.of(
                                        configHome.resolve("registries.conf"),
                                        etc.resolve("registries.conf"),
                                        Path.of("/usr/share/containers/registries.conf"))),
                conf.isPresent()
                        ? List.of()
                        : List.of(
                                etc.resolve("registries.conf.d"),
                                configHome.resolve("registries.conf.d")),
                authFiles(environment, home, configHome),
                List.of(
                        configHome.resolve("certs.d"),
                        etc.resolve("certs.d"),
                        Path.of("/etc/docker/certs.d")));
    }

    private static List<Path> authFiles(
            Map<String, String> environment, Path home, Path configHome) {
        var given = named(environment, "REGISTRY_AUTH_FILE");
        if (given.isPresent()) {
            return List.of(Path.of(given.get()));
        }
        var inRuntime =
                named(environment, "XDG_RUNTIME_DIR")
                        .map(directory -> Path.of(directory, "containers/auth.json"))
                        .orElse(Path.of("/run/containers/0/auth.json"));
        var docker =
                named(environment, "DOCKER_CONFIG").map(Path::of).orElse(home.resolve(".docker"));
        return List.of(inRuntime, configHome.resolve("auth.json"), docker.resolve("config.json"));
    }

    private static Optional<String> named(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
    }

    public RegistrySettings {
        registriesConf = List.copyOf(registriesConf);
        registriesConfDirectories = List.copyOf(registriesConfDirectories);
        authFiles = List.copyOf(authFiles);
        certificateDirectories = List.copyOf(certificateDirectories);
    }
}
