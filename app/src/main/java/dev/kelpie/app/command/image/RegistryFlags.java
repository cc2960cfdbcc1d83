package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.image.registry.Credentials;
import dev.kelpie.image.registry.PullOptions;
import java.nio.file.Files;
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

    /// The default options with what was given.
    public PullOptions options(Call call) {
        var options = PullOptions.DEFAULT;
        if (tlsVerify != null) {
            options = options.withTlsVerify(tlsVerify);
        }
        if (!credentials.isEmpty()) {
            options = options.withCredentials(password());
        }
        if (!authFile.isEmpty()) {
            var file = call.path(authFile);
            if (!Files.isReadable(file)) {
                throw FlagException.meaning(
                        "credential file is not accessible: '" + authFile + "'");
            }
            options = options.withAuthFile(file);
        }
        return options;
    }

    private Credentials.Password password() {
        if (credentials.indexOf(':') <= 0) {
            throw FlagException.meaning("--creds must be of the form user:password");
        }
        return Credentials.Password.parse(credentials);
    }
}
