package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.spec.ShortId;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `port`: published ports, or where one of them leads.
@Command(
        name = "port",
        description = "List the published ports of a container",
        customSynopsis = "[options] CONTAINER [PORT[/PROTOCOL]]")
final class Port implements Verb {

    private final Call call;

    @Mixin Whole whole = new Whole();

    @Parameters List<String> operands = new ArrayList<>();

    Port(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var containers = call.engine().containers();
        if (whole.all) {
            for (var container : containers.list()) {
                lines(container)
                        .forEach(line -> call.line(ShortId.of(container.id()) + "\t" + line));
            }
            return 0;
        }
        if (operands.isEmpty() && !whole.latest) {
            throw FlagException.meaning("you must supply a running container name or id");
        }
        var list = whole.latest ? containers.list() : List.<ContainerSummary>of();
        var container =
                whole.latest
                        ? Chosen.latest(list, "container")
                        : containers.find(operands.getFirst());
        int used = whole.latest ? 0 : 1;
        if (operands.size() == used) {
            call.lines(lines(container));
            return 0;
        }
        one(container, operands.get(used));
        return 0;
    }

    private static List<String> lines(ContainerSummary container) {
        return Ports.lines(container.connections().ports());
    }

    private void one(ContainerSummary container, String asked) {
        var port = asked.contains("/") ? asked : asked + "/tcp";
        var begin = port + " -> ";
        var found =
                lines(container).stream()
                        .filter(line -> line.startsWith(begin))
                        .map(line -> line.substring(begin.length()))
                        .toList();
        if (found.isEmpty()) {
            throw new CommandException(
                    "failed to find published port \"" + port + "\" of " + container.name());
        }
        call.lines(found);
    }
}
