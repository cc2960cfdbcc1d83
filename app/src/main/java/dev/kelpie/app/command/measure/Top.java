package dev.kelpie.app.command.measure;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `top`: the processes of a container.
@Command(
        name = "top",
        description = "Show the processes of a container",
        customSynopsis = "[options] CONTAINER [DESCRIPTOR...]")
final class Top implements Verb {
    private final Call call;

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The container made last")
    boolean latest;

    @Parameters List<String> operands = new ArrayList<>();

    Top(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.namesUnless(latest, latest ? List.of() : operands, "container");
        var engine = call.engine();
        var name =
                latest
                        ? Chosen.latest(engine.containers().list(), "container").id()
                        : operands.getFirst();
        var table = TopTable.parse(latest ? operands : operands.subList(1, operands.size()));
        table.print(call, engine.measures().processes(name));
        return 0;
    }
}
