package dev.kelpie.app.command.network;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.fault.NetworkInUseException;
import dev.kelpie.engine.fault.NetworkNotFoundException;
import dev.kelpie.engine.report.Outcome;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `network rm`.
@Command(
        name = "rm",
        description = "Remove networks",
        customSynopsis = "[options] NETWORK [NETWORK...]")
final class Rm implements Verb {
    private static final int MISSING = 1;
    private static final int IN_USE = 2;

    private final Call call;

    @Option(
            names = {"-f", "--force"},
            arity = "0..1",
            description = "Remove who is on it as well; a missing one is no error")
    boolean force;

    @Option(
            names = {"-t", "--time"},
            description = "Seconds that containers get before they are killed",
            hidden = true)
    int time = 10;

    @Parameters List<String> names = new ArrayList<>();

    Rm(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        Operands.atLeast(1, names);
        var outcomes =
                call.engine().networks().remove(names, force).stream()
                        .filter(each -> !forgiven(each))
                        .toList();
        return Outcomes.report(call, outcomes, Outcome::asked, Rm::code);
    }

    private boolean forgiven(Outcome outcome) {
        return force && outcome.failedAs(NetworkNotFoundException.class);
    }

    private static int code(RuntimeException failure) {
        return switch (failure) {
            case NetworkNotFoundException _ -> MISSING;
            case NetworkInUseException _ -> IN_USE;
            default -> CommandException.ERROR;
        };
    }
}
