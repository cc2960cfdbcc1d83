package dev.kelpie.image.registry;

import java.nio.file.Path;
import java.util.Optional;

/// How to reach a registry, whatever is wanted from it.
///
/// @param tlsVerify as `--tls-verify` says; empty leaves it to registries.conf (default: verify)
/// @param credentials as `--creds` says; empty leaves it to the auth file
/// @param authFile as `--authfile` says; empty means the usual places
/// @param certificates as `--cert-dir` says, besides the usual places
/// @param retries attempts after the first for what may pass (refused connections, 429, 5xx)
public record Access(
        Optional<Boolean> tlsVerify,
        Optional<Credentials> credentials,
        Optional<Path> authFile,
        Optional<Path> certificates,
        int retries) {

    public static final Access DEFAULT =
            new Access(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 3);

    public Access withTlsVerify(boolean verify) {
        return new Access(Optional.of(verify), credentials, authFile, certificates, retries);
    }

    public Access withCredentials(Credentials given) {
        return new Access(tlsVerify, Optional.of(given), authFile, certificates, retries);
    }

    public Access withAuthFile(Path file) {
        return new Access(tlsVerify, credentials, Optional.of(file), certificates, retries);
    }

    public Access withCertificates(Path directory) {
        return new Access(tlsVerify, credentials, authFile, Optional.of(directory), retries);
    }

    public Access withRetries(int count) {
        return new Access(tlsVerify, credentials, authFile, certificates, count);
    }

    Endpoint applied(Endpoint endpoint) {
        return tlsVerify.isPresent() ? endpoint.withInsecure(!tlsVerify.get()) : endpoint;
    }
}
