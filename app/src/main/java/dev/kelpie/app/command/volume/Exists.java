package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `volume exists`: 0 or 1, and not a word.
@Command(name = "exists", description = "Check if a volume exists", customSynopsis = "VOLUME")
final class Exists implements Verb {
    private final Call call;

    @Parameters List<String> volumes = new ArrayList<>();

    Exists(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, volumes);
        return call.engine().volumes().exists(volumes.getFirst()) ? 0 : 1;
    }
}
