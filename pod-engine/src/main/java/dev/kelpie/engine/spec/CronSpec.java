package dev.kelpie.engine.spec;

import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// Pods that are made again and again by a clock.
///
/// @param timeZone whose hours are meant; empty: the machine's
/// @param suspended nothing is made for the time being
/// @param startingDeadline how late a run may begin; empty: however late
/// @param pods of one run, whose names have [#PLACE] where the run's number stands
public record CronSpec(
        Metadata metadata,
        CronSchedule schedule,
        Optional<ZoneId> timeZone,
        Concurrency concurrency,
        boolean suspended,
        Optional<Duration> startingDeadline,
        History history,
        List<PodSpec> pods) {

    /// Stands for the number of a run: minutes since 1970, as in a cluster.
    public static final String PLACE = "00000000";

    /// Label of the pods of a run: the CronJob's name.
    public static final String LABEL = "kelpie.dev/cronjob";

    /// What to do when a run is due while the one before goes on.
    public enum Concurrency {
        ALLOW,
        FORBID,
        REPLACE
    }

    /// How many runs that are over are kept.
    public record History(int succeeded, int failed) {}

    public CronSpec {
        pods = List.copyOf(pods);
    }

    public String name() {
        return metadata.name();
    }

    public String key() {
        return metadata.namespace() + "/" + metadata.name();
    }

    public ZoneId zone() {
        return timeZone.orElseGet(ZoneId::systemDefault);
    }
}
