package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Outcomes;
import dev.kelpie.app.call.Verb;
import dev.kelpie.engine.RemoveOptions;
import dev.kelpie.engine.fault.PodNotFoundException;
import dev.kelpie.engine.report.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `pod rm`: pods, their containers, and the id files they were named by.
@Command(name = "rm", description = "Remove pods", customSynopsis = "[options] POD [POD...]")
final class Rm implements Verb {
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

    Rm(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        var lenient = ignore || force;
        var names = selection.names(call, lenient);
        var grace = time < 0 ? Optional.<Duration>empty() : Optional.of(Duration.ofSeconds(time));
        var outcomes =
                call.engine().pods().remove(names, new RemoveOptions(force, true, lenient, grace));
        var code =
                Outcomes.report(
                        call,
                        outcomes.stream().filter(Rm::worthALine).toList(),
                        Outcome::id,
                        Rm::code);
        if (code == 0) {
            deleteIdFiles();
        }
        return code;
    }

    /// One that was not there and need not be has no id to print.
    private static boolean worthALine(Outcome outcome) {
        return outcome.failure().isPresent() || !outcome.id().isEmpty();
    }

    private static int code(RuntimeException failure) {
        return failure instanceof PodNotFoundException ? 1 : CommandException.ERROR;
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
