package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.registry.Access;
import dev.kelpie.image.registry.Credentials;
import dev.kelpie.image.registry.PullOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Flags on how to reach a registry.
public final class RegistryFlags {
    @Option(names = "--authfile", description = "File with the credentials for registries")
    String authFile = "";

    @Option(names = "--creds", description = "Credentials for the registry: user:password")
    String credentials = "";

    @Option(
            names = "--tls-verify",
            arity = "0..1",
            description = "Require HTTPS and verify certificates")
    @Nullable Boolean tlsVerify;

    @Option(names = "--cert-dir", description = "Directory with certificates for the registry")
    String certificates = "";

    /// Whether one of them was given.
    public boolean anyGiven() {
        return tlsVerify != null || !(authFile + credentials + certificates).isEmpty();
    }

    /// The default options with what was given.
    public PullOptions options(Call call) {
        return PullOptions.DEFAULT.withAccess(access(call));
    }

    /// How to reach a registry, as was given, with the credentials of the auth file if there are
    /// any.
    public Access access(Call call) {
        var access = accessFor(call);
        if (!credentials.isEmpty()) {
            access = access.withCredentials(password());
        }
        var file = authFile(call);
        if (file.isPresent()) {
            if (!authFile.isEmpty() && !Files.isReadable(file.get())) {
                throw FlagException.meaning(
                        "credential file is not accessible: '" + authFile + "'");
            }
            access = access.withAuthFile(file.get());
        }
        return access;
    }

    /// The same without credentials.
    Access accessFor(Call call) {
        var access = Access.DEFAULT;
        if (tlsVerify != null) {
            access = access.withTlsVerify(tlsVerify);
        }
        return certificates.isEmpty() ? access : access.withCertificates(call.path(certificates));
    }

    /// The file named by the flag or the caller's environment.
    Optional<Path> authFile(Call call) {
        var named =
                authFile.isEmpty()
                        ? call.session().environment().getOrDefault("REGISTRY_AUTH_FILE", "")
                        : authFile;
        return named.isEmpty() ? Optional.empty() : Optional.of(call.path(named));
    }

    private Credentials.Password password() {
        if (credentials.indexOf(':') <= 0) {
            throw FlagException.meaning("--creds must be of the form user:password");
        }
        return Credentials.Password.parse(credentials);
    }
}
