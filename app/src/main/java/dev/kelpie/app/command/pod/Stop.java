package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.StopOptions;
import dev.kelpie.engine.report.Outcome;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pod stop`.
@Command(name = "stop", description = "Stop pods", customSynopsis = "[options] POD [POD...]")
final class Stop implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();

    @Option(
            names = {"-i", "--ignore"},
            arity = "0..1",
            description = "What is not there is no error")
    boolean ignore;

    @Option(
            names = {"-t", "--time"},
            description = "Seconds from the stop signal to SIGKILL")
    int time = -1;

    Stop(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var names = selection.names(call, ignore);
        var grace = time < 0 ? Optional.<Duration>empty() : Optional.of(Duration.ofSeconds(time));
        var outcomes = call.engine().pods().stop(names, new StopOptions(grace, ignore));
        var there =
                outcomes.stream()
                        .filter(each -> each.failure().isPresent() || !each.id().isEmpty())
                        .toList();
        return Outcomes.report(call, there, Outcome::asked);
    }
}
