package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Line;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `attach`.
@Command(
        name = "attach",
        description = "Attach to a running container",
        customSynopsis = "[options] CONTAINER")
final class Attach implements Verb {
    private final Call call;

    @Option(names = "--detach-keys", description = "Keys that detach (default ctrl-p,ctrl-q)")
    String detachKeys = "ctrl-p,ctrl-q";

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The container made last")
    boolean latest;

    @Option(names = "--no-stdin", arity = "0..1", description = "Pass no input on")
    boolean noStdin;

    @Option(
            names = "--sig-proxy",
            arity = "0..1",
            description = "Pass signals on to the container (default true)")
    boolean sigProxy = true;

    @Parameters List<String> containers = new ArrayList<>();

    Attach(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Line.requireKeys(detachKeys);
        Operands.exactly(latest ? 0 : 1, containers);
        var all = call.engine().containers();
        var container =
                latest ? Chosen.latest(all.list(), "container") : all.find(containers.getFirst());
        if (!container.state().running()) {
            throw new CommandException("you can only attach to running containers");
        }
        var process = container.spec().process();
        return new Front(call, container.id())
                .untilEnd(
                        all.attach(container.id()),
                        new Front.Wishes(
                                process.terminal(),
                                process.stdin() && !noStdin,
                                List.of(),
                                detachKeys,
                                sigProxy));
    }
}
