package dev.kelpie.engine.spec;

import java.time.Duration;
import java.util.Optional;

/// What happens to a container when it ends or is told to.
///
/// @param maxRetries how often [RestartPolicy#ON_FAILURE] tries, 0 for no end
/// @param stopSignal a name (`SIGTERM`) or number; absent: the image's, else SIGTERM
/// @param stopTimeout from the stop signal to SIGKILL
/// @param autoRemove remove the container once it has ended (`run --rm`)
public record ContainerPolicy(
        RestartPolicy restartPolicy,
        int maxRetries,
        Optional<String> stopSignal,
        Duration stopTimeout,
        boolean autoRemove) {

    public ContainerPolicy {
        if (maxRetries < 0 || stopTimeout.isNegative()) {
            throw new IllegalArgumentException("retries and stop timeout must not be negative");
        }
    }
}
