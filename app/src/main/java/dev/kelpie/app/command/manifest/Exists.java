package dev.kelpie.app.command.manifest;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `manifest exists`.
@Command(name = "exists", description = "Check if a list exists", customSynopsis = "LIST")
final class Exists implements Verb {
    private final Call call;

    @Parameters List<String> operands = new ArrayList<>();

    Exists(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, operands);
        return call.engine().images().lists().exists(operands.getFirst()) ? 0 : 1;
    }
}
