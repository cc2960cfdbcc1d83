package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `pod exists`: 0 or 1, and not a word.
@Command(name = "exists", description = "Check if a pod exists", customSynopsis = "POD")
final class Exists implements Verb {
    private final Call call;

    @Parameters List<String> pods = new ArrayList<>();

    Exists(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, pods);
        return call.engine().pods().exists(pods.getFirst()) ? 0 : 1;
    }
}
