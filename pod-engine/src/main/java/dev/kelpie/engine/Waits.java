package dev.kelpie.engine;

import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.ExitRow;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/// Waiting for containers, also for those that are removed meanwhile.
final class Waits {

    /// How long the exit code of a removed container is known.
    static final Duration EXITS_KEPT = Duration.ofMinutes(5);

    private static final Duration GLANCE = Duration.ofMillis(50);

    private final Core core;
    private final Views views;

    Waits(Core core, Views views) {
        this.core = core;
        this.views = views;
    }

    /// The exit code once the container is in one of these states, or gone.
    int until(String nameOrId, Set<ContainerStatus> conditions) throws InterruptedException {
        var first = views.lookup().findContainer(nameOrId);
        if (first.isEmpty()) {
            return removed(nameOrId)
                    .map(ExitRow::code)
                    .orElseThrow(() -> new ContainerNotFoundException(nameOrId));
        }
        var id = first.get().id();
        while (true) {
            var row = core.store.now().container(id);
            if (row.isEmpty()) {
                return removed(id).map(ExitRow::code).orElse(-1);
            }
            var seen = views.container(row.get());
            if (isThere(seen, conditions) && !goesAtOnce(row.get(), seen)) {
                return seen.state().end().map(end -> end.exitCode()).orElse(-1);
            }
            pause(id);
        }
    }

    private static boolean isThere(ContainerSummary seen, Set<ContainerStatus> conditions) {
        return conditions.contains(seen.state().status());
    }

    /// One that is removed at its end has only come to it when it is gone.
    private static boolean goesAtOnce(ContainerRow row, ContainerSummary seen) {
        var status = seen.state().status();
        return row.spec().policy().autoRemove()
                && row.life().wanted()
                && (status == ContainerStatus.EXITED || status == ContainerStatus.REMOVING);
    }

    /// Until something may have changed: at the end of the process, or after a while.
    private void pause(String id) throws InterruptedException {
        var facts = core.facts.find(id);
        if (facts.isPresent()) {
            var ended = core.parts.kernel().ended(facts.get().init());
            if (!ended.isDone()) {
                Waiting.await(ended, Duration.ofSeconds(1));
                return;
            }
        }
        Thread.sleep(GLANCE);
    }

    private Optional<ExitRow> removed(String nameOrId) {
        return core.store.now().exits().values().stream()
                .filter(exit ->
                        exit.name().equals(nameOrId)
                                || (nameOrId.length() >= 2
                                        && exit.container().startsWith(nameOrId)))
                .reduce((_, later) -> later);
    }
}
