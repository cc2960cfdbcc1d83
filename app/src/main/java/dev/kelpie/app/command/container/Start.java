package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Line;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Unit;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.fault.StartFailedException;
import dev.kelpie.engine.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `start`.
@Command(
        name = "start",
        description = "Start containers",
        customSynopsis = "[options] CONTAINER [CONTAINER...]")
final class Start implements Verb {
    private final Call call;

    @Option(names = "--all", arity = "0..1", description = "All containers")
    boolean all;

    @Option(
            names = {"-l", "--latest"},
            arity = "0..1",
            description = "The container made last")
    boolean latest;

    @Option(
            names = {"-f", "--filter"},
            description = "Only those that pass: key=value")
    List<String> filters = new ArrayList<>();

    @Option(
            names = {"-a", "--attach"},
            arity = "0..1",
            description = "Attach to its output")
    boolean attach;

    @Option(
            names = {"-i", "--interactive"},
            arity = "0..1",
            description = "Attach to its input too")
    boolean interactive;

    @Option(names = "--detach-keys", description = "Keys that detach (default ctrl-p,ctrl-q)")
    String detachKeys = "ctrl-p,ctrl-q";

    @Option(
            names = "--sig-proxy",
            arity = "0..1",
            description = "Pass signals on to the container (default true with --attach)")
    boolean sigProxy = true;

    @Parameters List<String> operands = new ArrayList<>();

    Start(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Line.requireKeys(detachKeys);
        var selection = new Selection();
        selection.all = all;
        selection.latest = latest;
        selection.filters = filters;
        selection.containers = operands;
        var names = selection.names(call, false, each -> !each.state().running());
        if (!attach && !interactive) {
            return background(names);
        }
        if (names.size() != 1) {
            throw FlagException.meaning("you cannot start and attach multiple containers at once");
        }
        var containers = call.engine().containers();
        var container = containers.find(names.getFirst());
        var process = container.spec().process();
        return new Front(call, container.id())
                .untilEnd(
                        container.state().running()
                                ? containers.attach(container.id())
                                : containers.startAttached(container.id()),
                        new Front.Wishes(
                                process.terminal(),
                                interactive && process.stdin(),
                                List.of(),
                                detachKeys,
                                sigProxy));
    }

    private int background(List<String> names) throws InterruptedException {
        var unit = Unit.of(call.session());
        if (unit.isHeard() && names.size() == 1 && !isUp(names.getFirst())) {
            unit.start(call, names.getFirst());
            call.line(names.getFirst());
            return 0;
        }
        var outcomes = call.engine().containers().start(names);
        for (var outcome : outcomes) {
            if (outcome.failure().isEmpty()) {
                unit.started(call, outcome.id());
            }
        }
        return Outcomes.report(call, outcomes, Outcome::asked, Start::code);
    }

    private boolean isUp(String container) throws InterruptedException {
        return call.engine().containers().find(container).state().running();
    }

    private static int code(RuntimeException failure) {
        return failure instanceof StartFailedException start ? start.exitCode() : 125;
    }
}
