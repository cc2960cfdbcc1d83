package dev.kelpie.engine;

import dev.kelpie.engine.event.StateEvents;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.probe.Answer;
import dev.kelpie.engine.report.Event;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.state.ContainerRow;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// A container's `postStart` hook under way. It may take as long as it likes, but holds up those
/// after it, and whoever waits for the pod, for a while only.
final class StartHook {

    private static final Duration GLANCE = Duration.ofMillis(50);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private final Core core;
    private final ContainerRow row;
    private final RunFacts facts;
    private final AtomicReference<Optional<Answer>> answer =
            new AtomicReference<>(Optional.empty());
    private final Thread thread;

    StartHook(Core core, ContainerRow row, RunFacts facts, Handler.OfHook hook) {
        this.core = core;
        this.row = row;
        this.facts = facts;
        this.thread = Thread.startVirtualThread(() -> ask(hook));
    }

    private void ask(Handler.OfHook hook) {
        try {
            answer.set(Optional.of(Hooks.run(core, row, facts, hook, FOR_EVER)));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /// Waits for it, this long at the most; what it said then goes to `later`, if it ever says
    /// something. Throws when the pod is told to stop meanwhile.
    Optional<Answer> await(Duration patience, Consumer<Answer> later) throws InterruptedException {
        var begin = core.clock.instant();
        var noted = false;
        var over = false;
        try (var _ = core.locks.lend(row.pod())) {
            while (!thread.join(GLANCE)) {
                if (core.locks.isToEnd(row.pod())) {
                    throw new InvalidRequestException(
                            "start of container '"
                                    + row.name()
                                    + "' was given up: its pod was told to stop while its postStart"
                                    + " hook ran");
                }
                if (!alive()) {
                    return Optional.empty();
                }
                var since = Duration.between(begin, core.clock.instant());
                if (!noted && since.compareTo(LONG) >= 0) {
                    note(", the start waits for it");
                    noted = true;
                }
                if (since.compareTo(patience) >= 0) {
                    if (!patience.isZero()) {
                        note(", the start waits no longer");
                    }
                    goOnAlone(later);
                    over = true;
                    return Optional.empty();
                }
            }
            return answer.get();
        } finally {
            if (!over) {
                thread.interrupt();
            }
        }
    }

    boolean isOver() {
        return !thread.isAlive();
    }

    private boolean alive() {
        return core.parts.kernel().alive(facts.init());
    }

    private void goOnAlone(Consumer<Answer> later) {
        Thread.startVirtualThread(() -> {
            try {
                while (alive() && !thread.join(GLANCE)) {}
                answer.get().ifPresent(later);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } finally {
                thread.interrupt();
            }
        });
    }

    private void note(String what) {
        var event = StateEvents.of(core.store.now(), row, "hook", core.clock.instant());
        core.journal.note(event.with(Event.ERROR, "postStart hook still runs" + what));
    }
}
