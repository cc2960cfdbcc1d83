package dev.kelpie.app.command.measure;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.process.ContainerProcess;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `pod top`: the processes of all containers of a pod.
@Command(
        name = "top",
        description = "Show the processes of a pod",
        customSynopsis = "[options] POD [DESCRIPTOR...]")
final class PodTop implements Verb {
    private final Call call;

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The pod made last")
    boolean latest;

    @Parameters List<String> operands = new ArrayList<>();

    PodTop(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.namesUnless(latest, latest ? List.of() : operands, "pod");
        var engine = call.engine();
        var pods = engine.pods();
        var pod = latest ? Chosen.latest(pods.list(), "pod") : pods.find(operands.getFirst());
        var table = TopTable.parse(latest ? operands : operands.subList(1, operands.size()));
        var processes = new ArrayList<ContainerProcess>();
        for (var member : pod.members()) {
            if (member.state().pid().isPresent()) {
                processes.addAll(engine.measures().processes(member.id()));
            }
        }
        if (processes.isEmpty()) {
            throw new CommandException("pod '" + pod.name() + "' has no running containers");
        }
        table.print(call, processes);
        return 0;
    }
}
