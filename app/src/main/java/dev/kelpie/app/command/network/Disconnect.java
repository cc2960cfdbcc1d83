package dev.kelpie.app.command.network;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `network disconnect`: a container off a network, at once if it runs.
@Command(
        name = "disconnect",
        description = "Disconnect a container from a network",
        customSynopsis = "[options] NETWORK CONTAINER")
final class Disconnect implements Verb {
    private final Call call;

    /// It never needs any.
    @Option(
            names = {"-f", "--force"},
            arity = "0..1",
            hidden = true)
    boolean force;

    @Parameters List<String> operands = new ArrayList<>();

    Disconnect(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(2, operands);
        call.engine().networks().disconnect(operands.getFirst(), operands.getLast());
        return 0;
    }
}
