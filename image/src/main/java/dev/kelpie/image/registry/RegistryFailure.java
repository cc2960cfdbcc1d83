package dev.kelpie.image.registry;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// A request that did not bring what it asked for; turned into a `RegistryException` that names the
/// image at the door of this package.
final class RegistryFailure extends Exception {

    final int status;
    final boolean passing;
    final Duration retryAfter;

    private RegistryFailure(
            String message,
            int status,
            boolean passing,
            Duration retryAfter,
            @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.passing = passing;
        this.retryAfter = retryAfter;
    }

    /// An answer that refuses.
    static RegistryFailure refused(String message, int status, Duration retryAfter) {
        var passing = status == 408 || status == 429 || (status >= 500 && status != 501);
        return new RegistryFailure(message, status, passing, retryAfter, null);
    }

    /// No answer, and none is to be expected soon.
    static RegistryFailure unreachable(String message, Throwable cause) {
        return new RegistryFailure(message, 0, false, Duration.ZERO, cause);
    }

    /// No answer or half of one; the next may be whole.
    static RegistryFailure interrupted(String message, Throwable cause) {
        return new RegistryFailure(message, 0, true, Duration.ZERO, cause);
    }

    /// An answer that is not what was promised; another would not be either.
    static RegistryFailure wrong(String message) {
        return new RegistryFailure(message, 200, false, Duration.ZERO, null);
    }
}
