package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Verb;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// `create`.
@Command(
        name = "create",
        description = "Create a container but do not start it",
        customSynopsis = "[options] IMAGE [COMMAND [ARG...]]")
final class Create implements Verb {
    private final Call call;

    @Mixin Blueprint blueprint = new Blueprint();

    Create(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        call.line(blueprint.create(call, true));
        return 0;
    }
}
