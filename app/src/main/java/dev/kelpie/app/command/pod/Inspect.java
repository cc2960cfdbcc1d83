package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Inspection;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.fault.PodNotFoundException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pod inspect`.
@Command(
        name = "inspect",
        description = "Display a pod's configuration",
        customSynopsis = "[options] POD [POD...]")
final class Inspect implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();

    @Option(
            names = {"-f", "--format"},
            description = "Go template, or json")
    Optional<String> format = Optional.empty();

    Inspect(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var names = selection.names(call, false);
        var pods = call.engine().pods();
        try {
            var found = names.stream().map(pods::find).map(PodJson::of).toList();
            Inspection.print(call, format, found);
            return 0;
        } catch (PodNotFoundException e) {
            if (format.isEmpty()) {
                Inspection.print(call, format, List.of());
            }
            throw e;
        }
    }
}
