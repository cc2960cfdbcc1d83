package dev.kelpie.app.command.system;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `system service`: how long the service stays, or its end. That the service runs when this does
/// is the client's work.
@Command(
        name = "service",
        description = "Keep the service running, or stop it",
        customSynopsis = "[options]")
final class Service implements Verb {
    private final Call call;

    @Option(
            names = {"-t", "--time"},
            description = "Seconds with nothing to do until it exits, 0 for never")
    int time = -1;

    @Option(names = "--stop", arity = "0..1", description = "Stop it; containers go on")
    boolean stop;

    @Parameters List<String> operands = new ArrayList<>();

    Service(Call call) {
        this.call = call;
    }

    @Override
    public int run() {
        if (!operands.isEmpty()) {
            throw new CommandException(
                    "serving on '" + operands.getFirst() + "' is not supported yet");
        }
        if (stop && time >= 0) {
            throw FlagException.meaning("--stop and --time cannot be used together");
        }
        var service = call.surroundings().service();
        if (stop) {
            service.stop();
            return 0;
        }
        service.idleTime(Duration.ofSeconds(Math.max(0, time)));
        return 0;
    }
}
