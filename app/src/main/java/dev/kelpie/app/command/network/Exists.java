package dev.kelpie.app.command.network;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `network exists`: 0 or 1, and not a word.
@Command(name = "exists", description = "Check if a network exists", customSynopsis = "NETWORK")
final class Exists implements Verb {
    private final Call call;

    @Parameters List<String> networks = new ArrayList<>();

    Exists(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, networks);
        return call.engine().networks().exists(networks.getFirst()) ? 0 : 1;
    }
}
