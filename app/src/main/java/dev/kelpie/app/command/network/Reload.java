package dev.kelpie.app.command.network;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.report.ContainerKind;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `network reload`: the rules and interfaces of all networks as they should be, after a firewall
/// has taken them away. They are one whole: whichever container is named, all come back.
@Command(
        name = "reload",
        description = "Set up the networks of containers again, after the host's firewall was",
        customSynopsis = "[options] [CONTAINER...]")
final class Reload implements Verb {
    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "Those of all running containers")
    boolean all;

    @Parameters List<String> operands = new ArrayList<>();

    Reload(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        if (!all) {
            Operands.atLeast(1, operands);
        }
        var containers = call.engine().containers();
        var ids = new ArrayList<String>();
        for (var name : operands) {
            ids.add(containers.find(name).id());
        }
        if (all) {
            containers.list().stream()
                    .filter(each -> each.kind() != ContainerKind.INFRA && each.state().running())
                    .forEach(each -> ids.add(each.id()));
        }
        call.engine().networks().reload();
        call.lines(ids);
        return 0;
    }
}
