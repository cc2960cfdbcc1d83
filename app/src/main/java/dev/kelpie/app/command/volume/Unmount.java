package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `volume unmount`: the other half of `volume mount`; directories stay where they are.
@Command(
        name = "unmount",
        description = "End what volume mount began",
        customSynopsis = "VOLUME [VOLUME...]")
final class Unmount implements Verb {
    private final Call call;

    @Parameters List<String> operands = new ArrayList<>();

    Unmount(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        for (var name : operands) {
            call.line(call.engine().volumes().unplace(name));
        }
        return 0;
    }
}
