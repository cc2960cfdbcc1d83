package dev.kelpie.app.call;

import dev.kelpie.engine.fault.PodNotFoundException;
import dev.kelpie.engine.report.PodPhase;
import dev.kelpie.engine.report.PodSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Waits until pods are as they are wished to be.
public final class PodAwait {
    private static final long LOOK_MILLIS = 20;

    /// The exit code of a wait that ended in vain.
    public static final int IN_VAIN = 1;

    private PodAwait() {}

    /// What is waited for.
    ///
    /// @param what in words: `ready`
    /// @param gone whether a pod that is not there fulfils it
    /// @param hopeless whether it is given up for a pod like this
    public record Wish(
            String what,
            Predicate<PodSummary> holds,
            boolean gone,
            Predicate<PodSummary> hopeless) {
        /// Ready, or done.
        public static final Wish READY =
                new Wish(
                        "ready",
                        pod -> pod.state().ready() || pod.state().phase() == PodPhase.SUCCEEDED,
                        false,
                        Troubles::isHopeless);

        /// Such a condition; nothing is given up before its time.
        public static Wish of(String what, Predicate<PodSummary> holds) {
            return new Wish(what, holds, false, _ -> false);
        }

        public static Wish deleted() {
            return new Wish("deleted", _ -> false, true, _ -> false);
        }
    }

    /// Waits for all of them; throws with what is wrong with the others when the time is over.
    public static void until(Call call, List<String> pods, Wish wish, Duration longest)
            throws InterruptedException {
        long end = System.nanoTime() + longest.toNanos();
        var open = new ArrayList<>(pods);
        while (true) {
            boolean hopeless = false;
            for (var pod : List.copyOf(open)) {
                var now = find(call, pod);
                if (now.map(wish.holds()::test).orElse(wish.gone())) {
                    open.remove(pod);
                } else if (now.isEmpty()) {
                    throw new PodNotFoundException(pod);
                } else {
                    hopeless |= wish.hopeless().test(now.get());
                }
            }
            if (open.isEmpty()) {
                return;
            }
            if (hopeless || System.nanoTime() >= end) {
                throw inVain(call, open, wish, hopeless ? "" : " after " + text(longest));
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static Optional<PodSummary> find(Call call, String pod) throws InterruptedException {
        try {
            return Optional.of(call.engine().pods().find(pod));
        } catch (PodNotFoundException _) {
            return Optional.empty();
        }
    }

    private static CommandException inVain(Call call, List<String> open, Wish wish, String after)
            throws InterruptedException {
        var message = new StringBuilder();
        for (var id : open) {
            var pod = find(call, id);
            message.append(message.isEmpty() ? "" : "\n")
                    .append("pod '")
                    .append(pod.map(PodSummary::name).orElse(id))
                    .append("' is not ")
                    .append(wish.what())
                    .append(after)
                    .append(pod.map(now -> ": " + now.state().phase().word()).orElse(""));
            for (var trouble : pod.map(Troubles::of).orElse(List.of())) {
                message.append("\n  ").append(trouble);
            }
        }
        return new CommandException(message.toString(), IN_VAIN);
    }

    private static String text(Duration span) {
        return span.toMillis() % 1000 == 0 ? span.toSeconds() + "s" : span.toMillis() + "ms";
    }
}
