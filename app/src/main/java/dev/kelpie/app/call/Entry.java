package dev.kelpie.app.call;

import java.util.List;
import java.util.function.Function;
import picocli.CommandLine.Command;

/// A command as the catalog knows it; its class is only looked into when it is called.
///
/// @param path its words: `pod ps`
/// @param aliases other paths that lead to it
/// @param interspersed whether flags may come after operands (not where operands are a command of
///   their own, as in `run` and `exec`)
public record Entry(
        String path,
        List<String> aliases,
        Class<? extends Verb> type,
        Function<Call, Verb> maker,
        boolean interspersed) {

    public Entry {
        aliases = List.copyOf(aliases);
    }

    /// A command, and the other paths to it.
    public static Entry of(
            String path,
            Class<? extends Verb> type,
            Function<Call, Verb> maker,
            String... aliases) {
        return new Entry(path, List.of(aliases), type, maker, true);
    }

    /// The same, but all after the first operand belongs to the operands.
    public Entry operandsLast() {
        return new Entry(path, aliases, type, maker, false);
    }

    /// One line on what it does.
    public String summary() {
        var command = type.getAnnotation(Command.class);
        return command == null ? "" : String.join(" ", command.description());
    }

    /// Whether help and completion leave it out.
    public boolean hidden() {
        var command = type.getAnnotation(Command.class);
        return command == null || command.hidden();
    }

    /// Whether these words lead here.
    public boolean answersTo(String words) {
        return path.equals(words) || aliases.contains(words);
    }
}
