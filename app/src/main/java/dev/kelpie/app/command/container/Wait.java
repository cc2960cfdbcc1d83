package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Operands;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.command.pod.Waited;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.report.ContainerStatus;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `wait`: prints the exit code of each container once it has ended.
@Command(
        name = "wait",
        description = "Wait until containers end and print their exit codes, or for pods (--for)",
        customSynopsis = "[options] CONTAINER [CONTAINER...]|POD [POD...]")
final class Wait implements Verb {
    private final Call call;

    @Mixin Selection selection = new Selection();

    @Option(
            names = "--condition",
            split = ",",
            description = "State to wait for, instead of the end")
    List<String> conditions = new ArrayList<>();

    @Option(names = "--ignore", arity = "0..1", description = "Print -1 for what is not there")
    boolean ignore;

    @Option(
            names = "--for",
            description =
                    "What pods are waited for: condition=Ready, condition=NAME=false, delete,"
                            + " jsonpath={PATH}=VALUE")
    String wished = "";

    @Option(names = "--timeout", description = "How long, with --for (default 30s)")
    String timeout = "30s";

    /// We are told of changes and do not poll, so that an interval says nothing.
    @Option(
            names = {"-i", "--interval"},
            hidden = true)
    String interval = "";

    Wait(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        if (!wished.isEmpty()) {
            Operands.atLeast(1, selection.containers);
            return Waited.run(call, wished, timeout, selection.containers);
        }
        var wanted = conditions();
        for (var name : selection.names(call, ignore, _ -> true)) {
            call.line(Integer.toString(code(name, wanted)));
        }
        return 0;
    }

    private int code(String name, Set<ContainerStatus> wanted) throws InterruptedException {
        try {
            return call.engine().containers().waitFor(name, wanted);
        } catch (ContainerNotFoundException e) {
            if (!ignore) {
                throw e;
            }
            return -1;
        }
    }

    private Set<ContainerStatus> conditions() {
        if (conditions.isEmpty()) {
            return EnumSet.of(ContainerStatus.EXITED);
        }
        var wanted = EnumSet.noneOf(ContainerStatus.class);
        for (var condition : conditions) {
            wanted.add(
                    switch (condition) {
                        case "created", "configured" -> ContainerStatus.CREATED;
                        case "initialized" -> ContainerStatus.INITIALIZED;
                        case "running" -> ContainerStatus.RUNNING;
                        case "paused" -> ContainerStatus.PAUSED;
                        case "stopping" -> ContainerStatus.STOPPING;
                        case "stopped", "exited" -> ContainerStatus.EXITED;
                        case "removing" -> ContainerStatus.REMOVING;
                        default ->
                                throw FlagException.meaning(
                                        "cannot wait for condition \"" + condition + "\"");
                    });
        }
        return wanted;
    }
}
