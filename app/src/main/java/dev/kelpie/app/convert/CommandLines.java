package dev.kelpie.app.convert;

import dev.kelpie.app.call.CommandException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Reads `docker run`, `podman create` and their like out of a text, as it stands in a README or a
/// script.
public final class CommandLines {
    private static final Set<String> PROGRAMS = Set.of("docker", "podman", "kelpie", "nerdctl");

    private CommandLines() {}

    /// The containers of a text.
    ///
    /// @param from what it is called in messages
    public static Import read(String text, String from) {
        var lines = new ArrayList<Line>();
        var losses = new LinkedHashSet<String>();
        for (var line : text.replaceAll("\\\\\\r?\\n", " ").lines().toList()) {
            var words = new ArrayList<>(ShellWords.split(line));
            while (!words.isEmpty()
                    && Set.of("$", "#", "sudo", "exec").contains(words.getFirst())) {
                words.removeFirst();
            }
            int run = run(words);
            if (run > 0) {
                var own = words.subList(run, words.size());
                own.stream()
                        .filter(word -> word.contains("$(") || word.matches(".*\\$\\{?\\w.*"))
                        .forEach(word ->
                                losses.add(
                                        "'"
                                                + word
                                                + "': its shell variables are left as they are"));
                lines.add(Line.of(name(own, lines.size() + 1), own));
            } else if (!line.isBlank() && !line.strip().startsWith("#")) {
                losses.add("'" + line.strip() + "': is no run of a container");
            }
        }
        if (lines.isEmpty()) {
            throw new CommandException("no 'run' of a container in '" + from + "'");
        }
        return new Import(lines, List.of(), List.copyOf(losses));
    }

    /// Where the words of `run` begin; 0 for another command.
    private static int run(List<String> words) {
        if (words.size() < 3 || !PROGRAMS.contains(words.getFirst())) {
            return 0;
        }
        int at = words.get(1).equals("container") ? 2 : 1;
        return Set.of("run", "create").contains(words.get(at)) ? at + 1 : 0;
    }

    private static String name(List<String> words, int number) {
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).startsWith("--name=")) {
                return words.get(i).substring("--name=".length());
            }
            if (words.get(i).equals("--name") && i + 1 < words.size()) {
                return words.get(i + 1);
            }
        }
        return "container-" + number;
    }
}
