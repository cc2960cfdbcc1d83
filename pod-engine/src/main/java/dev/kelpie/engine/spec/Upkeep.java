package dev.kelpie.engine.spec;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;

/// Who keeps a container from outside: where its output goes, in which control group it and its
/// conmon stand, and who is told that it is ready.
///
/// @param conmonPidFile where the process id of its conmon is written at each start
/// @param says when the service manager hears that it is ready
/// @param notifySocket the service manager's: the container may send to it, by way of conmon
/// @param longestRun after that it is killed
/// @param autoRemove remove the container once it has ended (`run --rm`)
/// @param init a small process 1 that reaps and passes signals on (`--init`)
public record Upkeep(
        Logging log,
        Grouping group,
        Optional<Path> conmonPidFile,
        Says says,
        Optional<Path> notifySocket,
        Optional<Duration> longestRun,
        boolean autoRemove,
        boolean init) {
    public static final Upkeep USUAL =
            new Upkeep(
                    Logging.USUAL,
                    Grouping.USUAL,
                    Optional.empty(),
                    Says.CONTAINER,
                    Optional.empty(),
                    Optional.empty(),
                    false,
                    false);

    /// Who says that a container is ready (`--sdnotify`).
    public enum Says {
        /// The engine, once its process has been started.
        CONMON,
        /// The container itself, by sd_notify(3).
        CONTAINER,
        /// The engine, once its health check has passed.
        HEALTHY,
        /// Nobody.
        IGNORE
    }

    public Upkeep withLog(Logging other) {
        return new Upkeep(
                other, group, conmonPidFile, says, notifySocket, longestRun, autoRemove, init);
    }

    public Upkeep withInit(boolean now) {
        return new Upkeep(
                log, group, conmonPidFile, says, notifySocket, longestRun, autoRemove, now);
    }

    public Upkeep withAutoRemove(boolean now) {
        return new Upkeep(log, group, conmonPidFile, says, notifySocket, longestRun, now, init);
    }

    public Upkeep {
        log = Objects.requireNonNullElse(log, Logging.USUAL);
        group = Objects.requireNonNullElse(group, Grouping.USUAL);
        says = Objects.requireNonNullElse(says, Says.CONTAINER);
    }
}
