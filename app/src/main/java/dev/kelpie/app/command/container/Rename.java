package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `rename`.
@Command(
        name = "rename",
        description = "Give a container another name",
        customSynopsis = "CONTAINER NAME")
final class Rename implements Verb {
    private final Call call;

    @Parameters List<String> names = new ArrayList<>();

    Rename(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(2, names);
        call.engine().containers().rename(names.getFirst(), names.getLast());
        return 0;
    }
}
