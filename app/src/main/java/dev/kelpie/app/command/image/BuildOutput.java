package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Progress;
import dev.kelpie.image.build.BuildEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;

/// Shows a build: its steps and what they say on standard output or in a file, pulls of base images
/// and warnings beside it. On a terminal the step lines stand out.
final class BuildOutput implements AutoCloseable {

    private final Call call;
    private final Progress progress;
    private final boolean quiet;
    private final boolean terminal;
    private final List<String> tags;
    private final Optional<PrintStream> log;

    BuildOutput(Call call, boolean quiet, List<String> tags, String logFile) {
        this.call = call;
        this.quiet = quiet;
        this.tags = tags;
        this.terminal = call.stdoutIsTerminal() && logFile.isEmpty();
        this.progress = new Progress(call, quiet);
        this.log = logFile.isEmpty() ? Optional.empty() : Optional.of(open(call, logFile));
    }

    private static PrintStream open(Call call, String file) {
        try {
            return new PrintStream(
                    Files.newOutputStream(call.path(file)), true, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CommandException("cannot write '" + file + "': " + e.getMessage());
        }
    }

    void show(BuildEvent event) {
        switch (event) {
            case BuildEvent.Step(var stage, int number, int total, var text) ->
                    step(stage, "STEP " + number + "/" + total + ": " + text);
            case BuildEvent.Layer(_, var diffId, boolean cached) ->
                    say((cached ? "--> Using cache " : "--> ") + diffId.brief());
            case BuildEvent.Output(_, var text) -> print(text);
            case BuildEvent.Committed(var id, boolean cached) -> {
                say("COMMIT" + (tags.isEmpty() ? "" : " " + tags.getFirst()));
                say((cached ? "--> Using cache " : "--> ") + id.brief());
            }
            case BuildEvent.Tagged(var name) -> say("Successfully tagged " + name);
            case BuildEvent.Warning _, BuildEvent.Pulling _ -> progress.build(event);
        }
    }

    private void step(BuildEvent.StageNumber stage, String text) {
        var place = stage.total() > 1 ? "[" + stage.number() + "/" + stage.total() + "] " : "";
        say(terminal ? "\u001b[1m" + place + text + "\u001b[0m" : place + text);
    }

    private void say(String line) {
        print(line + "\n");
    }

    private void print(String text) {
        if (log.isPresent()) {
            log.get().print(text);
        } else if (!quiet) {
            call.print(text);
        }
    }

    @Override
    public void close() {
        progress.close();
        log.ifPresent(PrintStream::close);
    }
}
