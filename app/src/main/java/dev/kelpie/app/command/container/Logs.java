package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.LogFlags;
import dev.kelpie.app.call.LogTarget;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `logs`.
@Command(
        name = "logs",
        description = "Fetch the logs of containers",
        customSynopsis = "[options] CONTAINER [CONTAINER...]")
final class Logs implements Verb {
    private final Call call;

    @Mixin LogFlags flags = new LogFlags();

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The container made last")
    boolean latest;

    @Parameters java.util.List<String> containers = new ArrayList<>();

    Logs(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var selection = new Selection();
        selection.latest = latest;
        selection.containers = containers;
        var all = call.engine().containers();
        var targets =
                selection.names(call, false, _ -> true).stream()
                        .map(all::find)
                        .map(found -> new LogTarget(found.id(), found.name()))
                        .toList();
        flags.show(call, targets, targets.size() > 1);
        return 0;
    }
}
