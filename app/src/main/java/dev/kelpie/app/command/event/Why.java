package dev.kelpie.app.command.event;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.format.JsonText;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `why`: what happened to a pod or container, also one that is gone, in a screen.
@Command(
        name = "why",
        description = "Tell what happened to a pod or container, and what to do about it",
        customSynopsis = "[options] POD|CONTAINER")
final class Why implements Verb {
    private final Call call;

    @Option(names = "--format", description = "json")
    String format = "";

    @Option(names = "--tail", description = "Lines of each container's log (default 5)")
    int tail = 5;

    @Option(names = "--events", description = "How many events (default 12)")
    int events = 12;

    @Parameters List<String> names = new ArrayList<>();

    Why(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.exactly(1, names);
        if (!format.isEmpty() && !format.equals("json")) {
            throw FlagException.meaning("--format must be json, was \"" + format + "\"");
        }
        var found =
                new Investigation(call, Math.max(0, tail), Math.max(0, events))
                        .of(names.getFirst());
        call.print(
                format.isEmpty()
                        ? WhyText.of(found, call.now())
                        : JsonText.pretty(WhyJson.of(found), 2) + "\n");
        return 0;
    }
}
