package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `container exists`: 0 or 1, and not a word.
@Command(name = "exists", description = "Check if a container exists", customSynopsis = "CONTAINER")
final class Exists implements Verb {
    private final Call call;

    @Option(names = "--external", arity = "0..1", hidden = true)
    boolean external;

    @Parameters List<String> containers = new ArrayList<>();

    Exists(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, containers);
        return call.engine().containers().exists(containers.getFirst()) ? 0 : 1;
    }
}
