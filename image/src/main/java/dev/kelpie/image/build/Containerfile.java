package dev.kelpie.image.build;

import dev.kelpie.image.BuildException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The recipe of an image, split into instructions: comments gone, lines joined.
public final class Containerfile {

    private static final int LARGEST = 1 << 20;
    private static final int MOST_INSTRUCTIONS = 5_000;
    private static final List<String> HEREDOCS = List.of("RUN", "COPY", "ADD", "ONBUILD");

    private final String name;
    private final List<Instruction> instructions = new ArrayList<>();
    private final List<Heredoc> open = new ArrayList<>();
    private final StringBuilder document = new StringBuilder();
    private char escape = '\\';
    private long documents;
    private final StringBuilder pending = new StringBuilder();
    private int began;

    private Containerfile(String name) {
        this.name = name;
    }

    /// The file a build takes when none is named: `Containerfile`, else `Dockerfile`.
    public static Path in(Path context) {
        var first = context.resolve("Containerfile");
        return Files.exists(first) ? first : context.resolve("Dockerfile");
    }

    static List<Instruction> read(Path file, String name) {
        try {
            if (Files.size(file) > LARGEST) {
                throw new BuildException("'" + file + "' is larger than " + LARGEST + " bytes");
            }
            return parse(Files.readString(file), name);
        } catch (CharacterCodingException e) {
            throw new BuildException("'" + file + "' is not UTF-8 text", e);
        } catch (IOException e) {
            throw new BuildException(
                    Files.exists(file)
                            ? "cannot read '" + file + "': " + e.getMessage()
                            : "no Containerfile: '" + file + "' does not exist",
                    e);
        }
    }

    static List<Instruction> parse(String text, String name) {
        var parser = new Containerfile(name);
        var number = 0;
        var directives = true;
        for (var line : text.lines().toList()) {
            number++;
            directives = directives && parser.directive(line, number);
            if (!directives) {
                parser.line(line, number);
            }
        }
        if (!parser.open.isEmpty()) {
            throw new BuildException(
                    name
                            + ":"
                            + parser.began
                            + ": here-document '"
                            + parser.open.getFirst().name()
                            + "' has no end");
        }
        parser.end();
        if (parser.instructions.isEmpty()) {
            throw new BuildException("'" + name + "' has no instructions");
        }
        return List.copyOf(parser.instructions);
    }

    /// `# escape=X` and its like count only before everything else.
    private boolean directive(String line, int number) {
        var stripped = line.strip();
        var equals = stripped.indexOf('=');
        if (!stripped.startsWith("#") || equals < 0) {
            return false;
        }
        var key = stripped.substring(1, equals).strip().toLowerCase(Locale.ROOT);
        var value = stripped.substring(equals + 1).strip();
        switch (key) {
            case "escape" -> {
                if (!value.equals("\\") && !value.equals("`")) {
                    throw new BuildException(
                            name + ":" + number + ": escape is neither \\ nor `: '" + value + "'");
                }
                escape = value.charAt(0);
            }
            case "syntax", "check" -> {}
            default -> {
                return false;
            }
        }
        return true;
    }

    private void line(String line, int number) {
        if (!open.isEmpty()) {
            documentLine(line);
            return;
        }
        var stripped = line.strip();
        if (stripped.startsWith("#") || stripped.isEmpty()) {
            // also inside a continued instruction
            return;
        }
        if (pending.isEmpty()) {
            began = number;
        }
        var text = pending.isEmpty() ? line.stripLeading() : line;
        var trimmed = text.stripTrailing();
        if (trimmed.charAt(trimmed.length() - 1) == escape) {
            pending.append(trimmed, 0, trimmed.length() - 1);
            if (pending.isEmpty()) {
                pending.append(' ');
            }
            return;
        }
        pending.append(trimmed);
        end();
    }

    private void end() {
        var text = pending.toString().strip();
        pending.setLength(0);
        if (text.isEmpty()) {
            return;
        }
        var space = 0;
        while (space < text.length() && !Character.isWhitespace(text.charAt(space))) {
            space++;
        }
        var keyword = text.substring(0, space).toUpperCase(Locale.ROOT);
        var arguments = text.substring(space).strip();
        instructions.add(new Instruction(name, began, keyword, arguments, List.of(), escape));
        if (HEREDOCS.contains(keyword)) {
            open.addAll(Heredoc.openedBy(arguments));
        }
        if (instructions.size() > MOST_INSTRUCTIONS) {
            throw new BuildException(
                    "'" + name + "' has more than " + MOST_INSTRUCTIONS + " instructions");
        }
    }

    private void documentLine(String line) {
        var current = open.getFirst();
        if (!current.endsAt(line)) {
            document.append(current.untabbed(line)).append('\n');
            return;
        }
        var before = instructions.removeLast();
        var all = new ArrayList<>(before.heredocs());
        all.add(current.withContent(document.toString()));
        if (++documents > MOST_INSTRUCTIONS) {
            throw new BuildException(
                    "'" + name + "' has more than " + MOST_INSTRUCTIONS + " here-documents");
        }
        instructions.add(
                new Instruction(
                        before.file(),
                        before.line(),
                        before.keyword(),
                        before.arguments(),
                        all,
                        escape));
        document.setLength(0);
        open.removeFirst();
    }
}
