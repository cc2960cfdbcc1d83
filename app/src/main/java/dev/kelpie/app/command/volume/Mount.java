package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/// `volume mount`: where volumes lie on the host; those that are file systems are mounted there.
@Command(
        name = "mount",
        description = "Print where volumes lie on the host",
        customSynopsis = "VOLUME [VOLUME...]")
final class Mount implements Verb {
    private final Call call;

    @Parameters List<String> operands = new ArrayList<>();

    Mount(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, operands);
        for (var name : operands) {
            call.line(call.engine().volumes().place(name).toString());
        }
        return 0;
    }
}
