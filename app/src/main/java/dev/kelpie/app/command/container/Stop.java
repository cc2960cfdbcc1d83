package dev.kelpie.app.command.container;

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

/// `stop`.
@Command(
        name = "stop",
        description = "Stop containers",
        customSynopsis = "[options] CONTAINER [CONTAINER...]")
final class Stop implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();
    @Mixin ShortFilter filter = new ShortFilter();

    @Option(
            names = {"-i", "--ignore"},
            arity = "0..1",
            description = "What is not there is no error")
    boolean ignore;

    @Option(
            names = {"-t", "--time"},
            description = "Seconds from the stop signal to SIGKILL (default: the container's own)")
    int time = -1;

    Stop(Call call) {
        this.call = call;
    }

    /// The grace that `--time` gives; negative leaves it to each container.
    static Optional<Duration> grace(int seconds) {
        return seconds < 0 ? Optional.empty() : Optional.of(Duration.ofSeconds(seconds));
    }

    @Override
    public int run() throws InterruptedException {
        filter.addTo(selection);
        var names = selection.names(call, ignore, each -> each.state().running());
        var outcomes = call.engine().containers().stop(names, new StopOptions(grace(time), ignore));
        var there =
                outcomes.stream()
                        .filter(each -> each.failure().isPresent() || !each.id().isEmpty())
                        .toList();
        return Outcomes.report(call, there, Outcome::asked);
    }
}
