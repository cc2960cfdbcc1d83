package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.fault.VolumeInUseException;
import dev.kelpie.engine.fault.VolumeNotFoundException;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.report.VolumeSummary;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `volume rm`.
@Command(
        name = "rm",
        description = "Remove volumes",
        customSynopsis = "[options] VOLUME [VOLUME...]")
final class Rm implements Verb {
    private static final int MISSING = 1;
    private static final int IN_USE = 2;

    private final Call call;

    @Option(
            names = {"-a", "--all"},
            arity = "0..1",
            description = "Remove all volumes")
    boolean all;

    @Option(
            names = {"-f", "--force"},
            arity = "0..1",
            description = "Remove the containers that use it as well; a missing one is no error")
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
        if (all == !names.isEmpty()) {
            throw FlagException.meaning(
                    all
                            ? "choose either explicit volumes or all"
                            : "must provide at least one volume name");
        }
        var volumes = call.engine().volumes();
        var asked = all ? volumes.list().stream().map(VolumeSummary::name).toList() : names;
        var outcomes =
                volumes.remove(asked, force).stream().filter(each -> !forgiven(each)).toList();
        return Outcomes.report(call, outcomes, Outcome::asked, Rm::code);
    }

    private boolean forgiven(Outcome outcome) {
        return (force || all) && outcome.failedAs(VolumeNotFoundException.class);
    }

    private static int code(RuntimeException failure) {
        return switch (failure) {
            case VolumeNotFoundException _ -> MISSING;
            case VolumeInUseException _ -> IN_USE;
            default -> CommandException.ERROR;
        };
    }
}
