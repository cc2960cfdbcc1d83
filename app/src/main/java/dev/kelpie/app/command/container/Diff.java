package dev.kelpie.app.command.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.format.JsonText;
import dev.kelpie.engine.report.FileChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `diff`: what a container has changed of its image's files.
@Command(
        name = "diff",
        description = "Show what a container has changed of its image's files",
        customSynopsis = "[options] CONTAINER")
final class Diff implements Verb {
    private final Call call;

    @Option(names = "--format", description = "json")
    String format = "";

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The container made last")
    boolean latest;

    @Parameters List<String> containers = new ArrayList<>();

    Diff(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(latest ? 0 : 1, containers);
        if (!format.isEmpty() && !format.equals("json")) {
            throw FlagException.meaning("only supported value for '--format' is 'json'");
        }
        var engine = call.engine();
        var name =
                latest
                        ? Chosen.latest(engine.containers().list(), "container").id()
                        : containers.getFirst();
        var changes = engine.measures().changes(name);
        if (format.isEmpty()) {
            call.lines(
                    changes.stream()
                            .map(change -> change.kind().letter() + " " + change.path())
                            .toList());
        } else {
            call.line(json(changes));
        }
        return 0;
    }

    private static String json(List<FileChange> changes) {
        var json = JsonNodeFactory.instance.objectNode();
        for (var change : changes) {
            json.withArray(change.kind().name().toLowerCase(Locale.ROOT)).add(change.path());
        }
        return JsonText.pretty(json, 5);
    }
}
