package dev.kelpie.image.registry;

import dev.kelpie.image.spec.Platform;
import java.nio.file.Path;
import java.time.Duration;

/// How to pull.
///
/// @param platform which image of an index
/// @param access how to reach the registry
public record PullOptions(Platform platform, Access access) {

    public static final PullOptions DEFAULT = new PullOptions(Platform.host(), Access.DEFAULT);

    public PullOptions withAccess(Access wanted) {
        return new PullOptions(platform, wanted);
    }

    public PullOptions withTlsVerify(boolean verify) {
        return withAccess(access.withTlsVerify(verify));
    }

    public PullOptions withCredentials(Credentials given) {
        return withAccess(access.withCredentials(given));
    }

    public PullOptions withAuthFile(Path file) {
        return withAccess(access.withAuthFile(file));
    }

    public PullOptions withPause(Duration between) {
        return withAccess(access.withPause(between));
    }

    public PullOptions withRetries(int count) {
        return withAccess(access.withRetries(count));
    }

    public PullOptions withPlatform(Platform wanted) {
        return new PullOptions(wanted, access);
    }
}
