package dev.kelpie.image.registry;

import dev.kelpie.image.spec.Platform;
import java.nio.file.Path;
import java.util.Optional;

/// How to pull.
///
/// @param platform which image of an index
/// @param tlsVerify as `--tls-verify` says; empty leaves it to registries.conf (default: verify)
/// @param credentials as `--creds` says; empty leaves it to the auth file
/// @param authFile as `--authfile` says; empty means the usual places
/// @param retries attempts after the first for what may pass (refused connections, 429, 5xx)
public record PullOptions(
        Platform platform,
        Optional<Boolean> tlsVerify,
        Optional<Credentials> credentials,
        Optional<Path> authFile,
        int retries) {

    public static final PullOptions DEFAULT =
            new PullOptions(
                    Platform.host(), Optional.empty(), Optional.empty(), Optional.empty(), 3);

    public PullOptions withTlsVerify(boolean verify) {
        return new PullOptions(platform, Optional.of(verify), credentials, authFile, retries);
    }

    public PullOptions withCredentials(Credentials given) {
        return new PullOptions(platform, tlsVerify, Optional.of(given), authFile, retries);
    }

    public PullOptions withAuthFile(Path file) {
        return new PullOptions(platform, tlsVerify, credentials, Optional.of(file), retries);
    }

    public PullOptions withPlatform(Platform wanted) {
        return new PullOptions(wanted, tlsVerify, credentials, authFile, retries);
    }
}
