package dev.kelpie.app.call;

import dev.kelpie.engine.report.Outcome;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/// Reports what became of several things: a line on standard output for each that was done, one on
/// standard error for each that failed.
public final class Outcomes {
    private Outcomes() {}

    /// The usual report; any failure makes the exit code 125.
    public static int report(Call call, List<Outcome> outcomes, Function<Outcome, String> line) {
        return report(call, outcomes, line, _ -> CommandException.ERROR);
    }

    /// The greatest exit code that `code` gives for a failure, 0 when there was none.
    public static int report(
            Call call,
            List<Outcome> outcomes,
            Function<Outcome, String> line,
            ToIntFunction<RuntimeException> code) {
        int worst = 0;
        call.lines(outcomes.stream().filter(each -> each.failure().isEmpty()).map(line).toList());
        for (var outcome : outcomes) {
            if (outcome.failure().isPresent()) {
                var failure = outcome.failure().get();
                call.note("Error: " + Failures.text(failure));
                worst = Math.max(worst, code.applyAsInt(failure));
            }
        }
        return worst;
    }
}
