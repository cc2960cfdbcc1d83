package dev.kelpie.image.build;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// A here-document of an instruction: `<<EOF`, `<<-EOF` (leading tabs go), `<<"EOF"` (nothing is
/// expanded).
///
/// @param opening as written, with the number before it and quotes
/// @param content with the line ends, tabs gone where they shall
record Heredoc(String opening, String name, boolean expand, boolean chomp, String content) {

    private static final Pattern OPENING = Pattern.compile("(\\d*)<<(-?)([^<]+)");

    /// Those that a line opens, without content.
    static List<Heredoc> openedBy(String arguments) {
        var found = new ArrayList<Heredoc>();
        if (!arguments.contains("<<")) {
            return found;
        }
        List<String> words;
        try {
            words = Words.rawWords(arguments, '\\');
        } catch (IllegalArgumentException e) {
            return found; // a shell may still make sense of it
        }
        for (var word : words) {
            var matcher = OPENING.matcher(word);
            if (matcher.matches()) {
                var raw = matcher.group(3);
                var name = raw.replaceAll("[\"'\\\\]", "");
                if (name.matches("[\\w.+@%/-]+")) {
                    found.add(
                            new Heredoc(
                                    word, name, name.equals(raw), !matcher.group(2).isEmpty(), ""));
                }
            }
        }
        return found;
    }

    /// Whether a line ends it.
    boolean endsAt(String line) {
        return (chomp ? untabbed(line) : line).equals(name);
    }

    String untabbed(String line) {
        return chomp ? line.replaceFirst("^\t+", "") : line;
    }

    Heredoc withContent(String text) {
        return new Heredoc(opening, name, expand, chomp, text);
    }
}
