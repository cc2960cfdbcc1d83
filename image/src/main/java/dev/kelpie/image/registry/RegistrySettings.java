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
/// @param shortNameAliases files of aliases, which count more than those of registries.conf
/// @param authFiles looked through in order; the first is what `login` writes
/// @param certificateDirectories with `HOST[:PORT]/*.crt` of private authorities
/// @param policies containers-policy.json(5); the first one that exists counts
/// @param signatures where those of OpenPGP are
/// @param helpers run the programs that keep credentials
public record RegistrySettings(
        List<Path> registriesConf,
        List<Path> registriesConfDirectories,
        List<Path> shortNameAliases,
        List<Path> authFiles,
        List<Path> certificateDirectories,
        List<Path> policies,
        SignatureSettings signatures,
        CredentialHelpers helpers) {

    public static final RegistrySettings NONE =
            new RegistrySettings(List.of(), List.of(), List.of(), List.of());

    /// Without aliases of their own, policy and helpers.
    public RegistrySettings(
            List<Path> registriesConf,
            List<Path> registriesConfDirectories,
            List<Path> authFiles,
            List<Path> certificateDirectories) {
        this(
                registriesConf,
                registriesConfDirectories,
                List.of(),
                authFiles,
                certificateDirectories,
                List.of(),
                SignatureSettings.NONE,
                CredentialHelpers.NONE);
    }

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
                List.of(aliases(environment, home)),
                authFiles(environment, home, configHome),
                List.of(
                        configHome.resolve("certs.d"),
                        etc.resolve("certs.d"),
                        Path.of("/etc/docker/certs.d")),
                List.of(configHome.resolve("policy.json"), etc.resolve("policy.json")),
                new SignatureSettings(
                        List.of(configHome.resolve("registries.d"), etc.resolve("registries.d")),
                        Optional.of(signatures(environment, home)),
                        OpenPgp.NONE),
                CredentialHelpers.NONE);
    }

    /// Where Podman remembers what short names were taken to mean.
    private static Path aliases(Map<String, String> environment, Path home) {
        return home.equals(Path.of("/root"))
                ? Path.of("/var/cache/containers/short-name-aliases.conf")
                : named(environment, "XDG_CACHE_HOME")
                        .map(Path::of)
                        .orElse(home.resolve(".cache"))
                        .resolve("containers/short-name-aliases.conf");
    }

    /// Where Podman keeps signatures.
    private static Path signatures(Map<String, String> environment, Path home) {
        return home.equals(Path.of("/root"))
                ? Path.of("/var/lib/containers/sigstore")
                : named(environment, "XDG_DATA_HOME")
                        .map(Path::of)
                        .orElse(home.resolve(".local/share"))
                        .resolve("containers/sigstore");
    }

    public RegistrySettings withPrograms(CredentialHelpers given, OpenPgp verifier) {
        return new RegistrySettings(
                registriesConf,
                registriesConfDirectories,
                shortNameAliases,
                authFiles,
                certificateDirectories,
                policies,
                signatures.withVerifier(verifier),
                given);
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
        shortNameAliases = List.copyOf(shortNameAliases);
        authFiles = List.copyOf(authFiles);
        policies = List.copyOf(policies);
        certificateDirectories = List.copyOf(certificateDirectories);
    }
}
