package dev.kelpie.image.registry;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// How to reach a registry, whatever is wanted from it.
///
/// @param tlsVerify as `--tls-verify` says; empty leaves it to registries.conf (default: verify)
/// @param credentials as `--creds` says; empty leaves it to the auth file
/// @param authFile as `--authfile` says; empty means the usual places
/// @param certificates as `--cert-dir` says, besides the usual places
/// @param retries attempts after the first for what may pass (refused connections, 429, 5xx)
/// @param pause time between attempts; empty for one that doubles
public record Access(
        Optional<Boolean> tlsVerify,
        Optional<Credentials> credentials,
        Optional<Path> authFile,
        Optional<Path> certificates,
        int retries,
        Optional<Duration> pause) {

    public static final Access DEFAULT =
            new Access(
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    3,
                    Optional.empty());

    public Access withTlsVerify(boolean verify) {
        return new Access(Optional.of(verify), credentials, authFile, certificates, retries, pause);
    }

    public Access withCredentials(Credentials given) {
        return new Access(tlsVerify, Optional.of(given), authFile, certificates, retries, pause);
    }

    public Access withAuthFile(Path file) {
        return new Access(tlsVerify, credentials, Optional.of(file), certificates, retries, pause);
    }

    public Access withCertificates(Path directory) {
        return new Access(tlsVerify, credentials, authFile, Optional.of(directory), retries, pause);
    }

    public Access withRetries(int count) {
        return new Access(tlsVerify, credentials, authFile, certificates, count, pause);
    }

    public Access withPause(Duration between) {
        return new Access(
                tlsVerify, credentials, authFile, certificates, retries, Optional.of(between));
    }

    Endpoint applied(Endpoint endpoint) {
        return tlsVerify.isPresent() ? endpoint.withInsecure(!tlsVerify.get()) : endpoint;
    }
}
