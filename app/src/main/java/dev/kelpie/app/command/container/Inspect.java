package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Inspection;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `container inspect`.
@Command(
        name = "inspect",
        description = "Display a container's configuration and state",
        customSynopsis = "[options] CONTAINER [CONTAINER...]")
final class Inspect implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();

    @Option(
            names = {"-f", "--format"},
            description = "Go template, or json")
    Optional<String> format = Optional.empty();

    @Option(
            names = {"-s", "--size"},
            arity = "0..1",
            hidden = true)
    boolean size;

    Inspect(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var containers = call.engine().containers();
        try {
            var found =
                    selection.names(call, false, _ -> true).stream()
                            .map(name -> ContainerJson.of(containers, name))
                            .toList();
            Inspection.print(call, format, found);
            return 0;
        } catch (ContainerNotFoundException e) {
            if (format.isEmpty()) {
                Inspection.print(call, format, List.of());
            }
            throw e;
        }
    }
}
