package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `create`.
@Command(
        name = "create",
        description = "Create a container but do not start it",
        customSynopsis = "[options] IMAGE [COMMAND [ARG...]]")
final class Create implements Verb {
    private final Call call;

    @Mixin Blueprint blueprint = new Blueprint();

    /// Nobody attaches to what does not run.
    @Option(
            names = {"-a", "--attach"},
            hidden = true)
    List<String> attach = new ArrayList<>();

    Create(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        call.line(blueprint.create(call, true));
        return 0;
    }
}
