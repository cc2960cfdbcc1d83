package dev.kelpie.app.command.convert;

import java.util.List;
import java.util.stream.Collectors;

/// Words as a shell has to be given them.
final class Shell {
    private Shell() {}

    static String line(List<String> words) {
        return words.stream().map(Shell::quoted).collect(Collectors.joining(" "));
    }

    static String quoted(String word) {
        return word.matches("[A-Za-z0-9_@%+=:,./-]+")
                ? word
                : "'" + word.replace("'", "'\\''") + "'";
    }
}
