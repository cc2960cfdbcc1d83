package dev.kelpie.app.command.container;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.RemoveOptions;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `rm`: exit code 1 when a container is not there, 2 when one runs, 125 for anything worse.
@Command(
        name = "rm",
        description = "Remove containers",
        customSynopsis = "[options] CONTAINER [CONTAINER...]")
final class Rm implements Verb {
    private static final int MISSING = 1;
    private static final int RUNNING = 2;

    private final Call call;

    @Mixin Selection selection = new Selection();

    @Option(
            names = {"-f", "--force"},
            arity = "0..1",
            description = "Stop running containers first")
    boolean force;

    @Option(
            names = {"-i", "--ignore"},
            arity = "0..1",
            description = "What is not there is no error")
    boolean ignore;

    @Option(
            names = {"-t", "--time"},
            description = "Seconds from the stop signal to SIGKILL")
    int time = -1;

    @Option(
            names = {"-v", "--volumes"},
            arity = "0..1",
            description = "Remove their anonymous volumes too")
    boolean volumes;

    @Option(names = "--depend", arity = "0..1", description = "Remove those that require it first")
    boolean depend;

    Rm(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        boolean lenient = force || ignore;
        var names = selection.names(call, lenient, _ -> true);
        var options = new RemoveOptions(force, volumes, lenient, Stop.grace(time));
        var outcomes =
                removed(names, options).stream()
                        .filter(each -> each.failure().isPresent() || !each.id().isEmpty())
                        .toList();
        Outcomes.report(call, outcomes, Outcome::asked);
        int code = code(outcomes);
        if (code == 0) {
            deleteIdFiles();
        }
        return code;
    }

    /// Those that others need come after these.
    private List<Outcome> removed(List<String> names, RemoveOptions options)
            throws InterruptedException {
        var containers = call.engine().containers();
        var outcomes = new ArrayList<Outcome>();
        for (var group : containers.removalOrder(names, depend)) {
            outcomes.addAll(containers.remove(group, options));
        }
        return outcomes;
    }

    /// A missing one weighs least, and only when nothing worse happened.
    static int code(List<Outcome> outcomes) {
        var codes =
                outcomes.stream().flatMap(each -> each.failure().stream()).map(Rm::code).toList();
        if (codes.contains(CommandException.ERROR)) {
            return CommandException.ERROR;
        }
        return codes.contains(RUNNING) ? RUNNING : codes.contains(MISSING) ? MISSING : 0;
    }

    private static int code(RuntimeException failure) {
        return switch (failure) {
            case ContainerNotFoundException _ -> MISSING;
            case ContainerStateException _ -> RUNNING;
            default -> CommandException.ERROR;
        };
    }

    private void deleteIdFiles() {
        for (var file : selection.idFiles) {
            try {
                Files.deleteIfExists(call.path(file));
            } catch (IOException e) {
                throw new CommandException("cannot delete '" + file + "': " + e.getMessage());
            }
        }
    }
}
