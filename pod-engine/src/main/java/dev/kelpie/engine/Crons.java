package dev.kelpie.engine;

import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.report.CronSummary;
import dev.kelpie.engine.report.PodPhase;
import dev.kelpie.engine.spec.CronSpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.state.CronRow;
import dev.kelpie.engine.state.Json;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.time.Timers;
import dev.kelpie.runtime.HostException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.locks.ReentrantLock;

/// The CronJobs of an engine: makes their pods when they are due, and removes those of old runs. A
/// run that was due while no service ran is made up for, the last of them only, as in a cluster.
public final class Crons implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Crons.class.getName());

    /// Clocks are set and machines sleep: a long wait is looked at in between.
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(1);

    /// A run that cannot be made is tried again, until the next is due.
    private static final Duration RETRY = Duration.ofMinutes(1);

    private final Core core;
    private final Plays plays;
    private final Supervisor supervisor;
    private final Views views;
    private final Json json = new Json();
    private final ReentrantLock lock = new ReentrantLock();
    private final Map<String, Timers.Timer> timers = new HashMap<>();
    private final Set<String> busy = new HashSet<>();
    private final Map<String, Instant> retries = new HashMap<>();
    private boolean closed;

    Crons(Core core, Plays plays, Supervisor supervisor, Views views) {
        this.core = core;
        this.plays = plays;
        this.supervisor = supervisor;
        this.views = views;
    }

    /// Every CronJob, oldest first.
    public List<CronSummary> list() {
        return core.store.now().crons().values().stream().map(this::summary).toList();
    }

    private CronSummary summary(CronRow row) {
        return new CronSummary(
                row.spec(),
                row.lastSchedule(),
                row.spec().suspended() ? Optional.empty() : next(row),
                runs(row).values().stream()
                        .flatMap(List::stream)
                        .filter(this::goesOn)
                        .map(PodRow::name)
                        .toList());
    }

    /// Whether one of them waits for its time.
    boolean hasPending() {
        return core.store.now().crons().values().stream()
                .anyMatch(row -> !row.spec().suspended() && next(row).isPresent());
    }

    private Optional<Instant> next(CronRow row) {
        return row.spec().schedule().next(last(row), row.spec().zone());
    }

    private static Instant last(CronRow row) {
        return row.lastSchedule().orElse(row.since());
    }

    /// Looks at all of them: what is due is done in the background, for the rest the clock is set.
    void look() {
        lock.lock();
        try {
            timers.values().forEach(Timers.Timer::cancel);
            timers.clear();
            if (closed) {
                return;
            }
            for (var row : core.store.now().crons().values()) {
                if (waits(row)) {
                    next(row).ifPresent(due -> set(row.key(), due));
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /// A run that is under way looks again at its end.
    private boolean waits(CronRow row) {
        return !row.spec().suspended() && row.play().isEmpty() && !busy.contains(row.key());
    }

    private void set(String key, Instant asked) {
        var retry = retries.getOrDefault(key, asked);
        var due = retry.isAfter(asked) ? retry : asked;
        var soon = core.clock.instant().plus(LONGEST_WAIT);
        timers.put(
                key,
                due.isAfter(soon)
                        ? core.timers.at(soon, this::look)
                        : core.timers.at(due, () -> due(key)));
    }

    private void due(String key) {
        if (!begin(key)) {
            return;
        }
        var made = false;
        try {
            var row = Optional.ofNullable(core.store.now().crons().get(key));
            if (row.isPresent() && row.get().play().isEmpty()) {
                run(row.get());
            }
            made = true;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (PodException | HostException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot run cronjob '" + key + "'", e);
        } finally {
            end(key, made);
        }
        if (!Thread.currentThread().isInterrupted()) {
            look();
        }
    }

    private boolean begin(String key) {
        lock.lock();
        try {
            return busy.add(key);
        } finally {
            lock.unlock();
        }
    }

    private void end(String key, boolean made) {
        lock.lock();
        try {
            busy.remove(key);
            if (made) {
                retries.remove(key);
            } else {
                retries.put(key, core.clock.instant().plus(RETRY));
            }
        } finally {
            lock.unlock();
        }
    }

    /// Makes the pods of the last time that is due. What has the name of that time is not made a
    /// second time, so a service that dies in the midst of it comes back to it.
    private void run(CronRow row) throws InterruptedException {
        var now = core.clock.instant();
        var spec = row.spec();
        var due = spec.schedule().latest(last(row), now, spec.zone());
        if (due.isEmpty()) {
            return;
        }
        core.steps.at("cron.run");
        var isMade = runs(row).containsKey(name(spec, due.get()));
        if (!isMade && isInTime(spec, due.get(), now) && makeRoom(row, due.get())) {
            plays.play(pods(spec, due.get()), PlayOptions.DEFAULT.withAwaitImages(true), _ -> {});
        }
        core.store.change(change ->
                Optional.ofNullable(change.now().crons().get(row.key()))
                        .ifPresent(it -> change.put(it.scheduled(due.get()))));
        tidy(row);
    }

    private static boolean isInTime(CronSpec spec, Instant due, Instant now) {
        return spec.startingDeadline().map(late -> !due.plus(late).isBefore(now)).orElse(true);
    }

    /// Whether the run may begin beside those that go on, which are ended where they shall make
    /// room.
    private boolean makeRoom(CronRow row, Instant due) throws InterruptedException {
        var own = name(row.spec(), due);
        var going =
                runs(row).entrySet().stream()
                        .filter(run -> !run.getKey().equals(own))
                        .flatMap(run -> run.getValue().stream())
                        .filter(this::goesOn)
                        .toList();
        return switch (row.spec().concurrency()) {
            case ALLOW -> true;
            case FORBID -> going.isEmpty();
            case REPLACE -> {
                removePods(going);
                yield true;
            }
        };
    }

    private void removePods(List<PodRow> pods) throws InterruptedException {
        if (!pods.isEmpty()) {
            supervisor.remover().wish(pods.stream().map(PodRow::id).toList());
            supervisor.remover().remove(pods, Optional.empty(), true);
        }
    }

    /// `NAME-29456789`.
    private static String name(CronSpec spec, Instant due) {
        return spec.name() + "-" + "%08d".formatted(due.getEpochSecond() / 60);
    }

    private List<PodSpec> pods(CronSpec spec, Instant due) {
        var place = spec.name() + "-" + CronSpec.PLACE;
        return spec.pods().stream()
                .map(pod ->
                        json.read(json.write(pod).replace(place, name(spec, due)), PodSpec.class))
                .toList();
    }

    /// The pods of its runs, by the runs' names, oldest first.
    private Map<String, List<PodRow>> runs(CronRow row) {
        var runs = new TreeMap<String, List<PodRow>>();
        var length = row.spec().name().length() + 1 + CronSpec.PLACE.length();
        for (var pod : core.store.now().pods().values()) {
            var metadata = pod.spec().metadata();
            if (row.spec().name().equals(metadata.labels().get(CronSpec.LABEL))
                    && metadata.namespace().equals(row.spec().metadata().namespace())
                    && pod.name().length() > length) {
                runs.computeIfAbsent(pod.name().substring(0, length), _ -> new ArrayList<>())
                        .add(pod);
            }
        }
        return runs;
    }

    private boolean goesOn(PodRow pod) {
        var phase = views.pod(pod).state().phase();
        return phase == PodPhase.RUNNING || phase == PodPhase.PENDING;
    }

    /// Removes the pods of runs that are over, but for the last of each kind.
    private void tidy(CronRow row) throws InterruptedException {
        var well = new ArrayList<List<PodRow>>();
        var failed = new ArrayList<List<PodRow>>();
        for (var run : runs(row).values()) {
            if (run.stream().noneMatch(this::goesOn)) {
                var bad =
                        run.stream()
                                .anyMatch(pod -> views.pod(pod).state().phase() == PodPhase.FAILED);
                (bad ? failed : well).add(run);
            }
        }
        var history = row.spec().history();
        removePods(oldest(well, history.succeeded()));
        removePods(oldest(failed, history.failed()));
    }

    private static List<PodRow> oldest(List<List<PodRow>> runs, int kept) {
        return runs.stream()
                .limit(Math.max(0, runs.size() - kept))
                .flatMap(List::stream)
                .sorted(Comparator.comparing(PodRow::created))
                .toList();
    }

    /// A pod has ended; it may be one of a run too many.
    void ended(String pod) throws InterruptedException {
        if (core.store.now().crons().isEmpty()) {
            return;
        }
        var label =
                core.store
                        .now()
                        .pod(pod)
                        .map(row -> row.spec().metadata())
                        .map(of -> of.namespace() + "/" + of.labels().get(CronSpec.LABEL));
        var cron = label.map(core.store.now().crons()::get);
        if (cron.isPresent()) {
            tidy(cron.get());
        }
    }

    /// Removes those of these (`NAMESPACE/NAME`) that are there; their keys.
    List<String> remove(List<String> keys) {
        var removed =
                core.store.compute(change -> {
                    var gone = new ArrayList<String>();
                    for (var key : keys) {
                        if (change.now().crons().containsKey(key)) {
                            change.removeCron(key);
                            gone.add(key);
                        }
                    }
                    return gone;
                });
        look();
        return removed;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
        look();
    }
}
