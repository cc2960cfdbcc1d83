package dev.kelpie.app.command.image;

import dev.kelpie.image.build.BuildEvent.StageNumber;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/// The lower edge of a terminal during a build: a line for each stage that is at work, below what
/// the stages say. Of one stage alone its own lines tell enough.
final class StageBoard {

    private static final String DIM = "\u001b[2m";
    private static final String PLAIN = "\u001b[0m";

    private final Consumer<String> terminal;
    private final int width;
    private final Map<Integer, String> working = new TreeMap<>();
    private int drawn;

    /// @param width of the terminal, in characters
    StageBoard(Consumer<String> terminal, int width) {
        this.terminal = terminal;
        this.width = width;
    }

    /// A stage goes on to a step.
    void begin(StageNumber stage, String step) {
        if (stage.total() > 1) {
            var line = "[" + stage.number() + "/" + stage.total() + "] " + step;
            working.put(
                    stage.number(), line.length() < width ? line : line.substring(0, width - 1));
        }
    }

    /// A stage has nothing more to do.
    void end(StageNumber stage) {
        working.remove(stage.number());
    }

    void endAll() {
        working.clear();
    }

    /// Writes above the board.
    void print(String text) {
        var whole = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        terminal.accept(cleared() + (working.isEmpty() ? text : whole + lines()));
        drawn = working.size();
    }

    /// Takes the board away; it comes back with what is printed next.
    void clear() {
        var erasing = cleared();
        if (!erasing.isEmpty()) {
            terminal.accept(erasing);
        }
    }

    private String cleared() {
        var erasing = drawn == 0 ? "" : "\u001b[" + drawn + "A\u001b[J";
        drawn = 0;
        return erasing;
    }

    private String lines() {
        return working.values().stream()
                .map(line -> DIM + line + PLAIN + "\n")
                .collect(Collectors.joining());
    }
}
