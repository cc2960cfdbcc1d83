package dev.kelpie.engine;

import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.runtime.kernel.Signal;
import java.time.Duration;

/// Ends one run of a container: its preStop hook, its stop signal, and after its grace period
/// SIGKILL. Touches that very run only, so no lock is needed.
final class GentleEnd {

    /// What is left at the least once a hook has used the grace period up, as with the kubelet.
    static final Duration LEAST = Duration.ofSeconds(2);

    private GentleEnd() {}

    static void of(Core core, Runner runner, ContainerRow row, RunFacts facts, Duration grace)
            throws InterruptedException {
        var begin = System.nanoTime();
        if (grace.isPositive()) {
            runner.thaw(row);
            tell(core, row, facts, grace);
            if (runner.awaitEnd(row, facts, left(row, grace, begin))) {
                return;
            }
        }
        runner.kill(row, facts);
    }

    static boolean hasHook(ContainerRow row) {
        return row.spec().policy().lifecycle().preStop().isPresent();
    }

    /// Runs its hook, no longer than the grace period, and sends the stop signal.
    static void tell(Core core, ContainerRow row, RunFacts facts, Duration grace)
            throws InterruptedException {
        var hook = row.spec().policy().lifecycle().preStop();
        if (hook.isPresent()) {
            core.steps.at("stop.hook");
            var _ =
                    Deadline.within(
                            grace, () -> Hooks.run(core, row, facts, hook.get(), grace).passed());
        }
        core.parts.kernel().signal(facts.init(), stopSignal(row));
    }

    /// Of the grace period, counted from `begin`.
    static Duration left(ContainerRow row, Duration grace, long begin) {
        var left = grace.minusNanos(System.nanoTime() - begin);
        var least = grace.compareTo(LEAST) < 0 ? grace : LEAST;
        return hasHook(row) && left.compareTo(least) < 0 ? least : left;
    }

    static int stopSignal(ContainerRow row) {
        return Signal.parse(row.image().process().stopSignal()).orElse(Signal.TERM);
    }
}
