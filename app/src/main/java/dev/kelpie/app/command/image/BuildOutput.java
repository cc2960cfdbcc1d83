package dev.kelpie.app.command.image;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Progress;
import dev.kelpie.image.build.BuildEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Shows a build: its steps and what they say on standard output or in a file, pulls of base images
/// and warnings beside it. On a terminal the step lines stand out.
final class BuildOutput implements AutoCloseable {

    private final Call call;
    private final Progress progress;
    private final boolean quiet;
    private final boolean terminal;
    private final List<String> tags;
    private final Optional<PrintStream> log;

    /// Stages that are at their last step.
    private final Set<Integer> last = new HashSet<>();

    private final StageBoard board;

    BuildOutput(Call call, boolean quiet, List<String> tags, String logFile) {
        this.call = call;
        this.quiet = quiet;
        this.tags = tags;
        this.terminal = call.stdoutIsTerminal() && logFile.isEmpty();
        this.progress = new Progress(call, quiet);
        this.board = new StageBoard(call::print, call.width());
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
                    step(stage, number == total, "STEP " + number + "/" + total + ": " + text);
            case BuildEvent.Layer(var stage, var diffId, boolean cached) -> {
                if (last.contains(stage.number())) {
                    board.end(stage);
                }
                say((cached ? "--> Using cache " : "--> ") + diffId.brief());
            }
            case BuildEvent.Output(_, var text) -> print(text);
            case BuildEvent.Committed(var id, boolean cached) -> {
                board.endAll();
                say("COMMIT" + (tags.isEmpty() ? "" : " " + tags.getFirst()));
                say((cached ? "--> Using cache " : "--> ") + id.brief());
            }
            case BuildEvent.Tagged(var name) -> say("Successfully tagged " + name);
            case BuildEvent.Warning _, BuildEvent.Pulling _ -> {
                board.clear();
                progress.build(event);
            }
        }
    }

    private void step(BuildEvent.StageNumber stage, boolean isLast, String text) {
        if (isLast) {
            last.add(stage.number());
        }
        board.begin(stage, text);
        var place = stage.total() > 1 ? "[" + stage.number() + "/" + stage.total() + "] " : "";
        say(terminal ? "\u001b[1m" + place + text + "\u001b[0m" : place + text);
    }

    private void say(String line) {
        print(line + "\n");
    }

    private void print(String text) {
        if (log.isPresent()) {
            log.get().print(text);
        } else if (!quiet && terminal) {
            board.print(text);
        } else if (!quiet) {
            call.print(text);
        }
    }

    @Override
    public void close() {
        board.clear();
        progress.close();
        log.ifPresent(PrintStream::close);
    }
}
