package dev.kelpie.app.convert;

import dev.kelpie.app.call.CommandException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads `docker run`, `podman create` and their like out of a text, as it stands in a README or a
/// script.
public final class CommandLines {
    private static final Set<String> PROGRAMS = Set.of("docker", "podman", "kelpie", "nerdctl");

    /// `$`, or root's, which is a comment where no command follows.
    private static final Pattern PROMPT =
            Pattern.compile("^([$]|#(?= *(sudo|" + String.join("|", PROGRAMS) + ") )) *");

    private final List<Line> lines = new ArrayList<>();
    private final Set<String> losses = new LinkedHashSet<>();

    private CommandLines() {}

    /// The containers of a text.
    ///
    /// @param from what it is called in messages
    public static Import read(String text, String from) {
        var read = new CommandLines();
        for (var line : text.replaceAll("\\\\\\r?\\n", " ").lines().toList()) {
            ShellWords.parts(PROMPT.matcher(line.strip()).replaceFirst("")).forEach(read::part);
        }
        if (read.lines.isEmpty()) {
            throw new CommandException("no 'run' of a container in '" + from + "'");
        }
        return new Import(read.lines, List.of(), List.copyOf(read.losses));
    }

    private void part(ShellWords.Part part) {
        var whole = (part.operator() + " " + part.text().strip()).strip();
        if (part.operator().matches("(<|>|&>).*")) {
            losses.add("'" + whole + "': what it reads and writes is the shell's");
            return;
        }
        var words = new ArrayList<>(ShellWords.split(part.text()));
        while (!words.isEmpty() && Set.of("sudo", "exec").contains(words.getFirst())) {
            words.removeFirst();
        }
        int run = run(words);
        if (run > 0) {
            container(words.subList(run, words.size()));
            if (part.operator().equals("|")) {
                losses.add("'" + whole + "': it reads nobody's output now");
            }
        } else if (!part.text().isBlank()) {
            losses.add("'" + whole + "': is no run of a container");
        }
    }

    private void container(List<String> words) {
        words.stream()
                .filter(word -> word.contains("$(") || word.matches(".*\\$\\{?\\w.*"))
                .forEach(word ->
                        losses.add("'" + word + "': its shell variables are left as they are"));
        lines.add(Line.of(name(words, lines.size() + 1), words));
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
