package dev.kelpie.app.command.secret;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `secret exists`: 0 or 1, and not a word.
@Command(name = "exists", description = "Check if a secret exists", customSynopsis = "SECRET")
final class Exists implements Verb {
    private final Call call;

    @Parameters List<String> secrets = new ArrayList<>();

    Exists(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, secrets);
        return call.engine().secrets().exists(secrets.getFirst()) ? 0 : 1;
    }
}
