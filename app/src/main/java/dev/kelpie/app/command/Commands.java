package dev.kelpie.app.command;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Entry;
import dev.kelpie.app.call.Surroundings;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.GlobalFlags;
import dev.kelpie.app.flag.GoFlags;
import dev.kelpie.app.format.Words;
import dev.kelpie.app.session.CommandLine;
import dev.kelpie.app.session.Session;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// Finds the command that a session's words name, and runs it. The flags are read by picocli, whose
/// model is made for the called command only: that keeps a call within milliseconds.
public final class Commands implements CommandLine {
    /// The program's name in messages.
    static final String PROGRAM = "kelpie";

    private static final int ERROR = 125;

    private final Catalog catalog = new Catalog();
    private final Surroundings surroundings;

    public Commands(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public int run(Session session) throws InterruptedException {
        var call = new Call(session, surroundings);
        var door = new Door(call);
        try {
            return dispatch(call, withoutGlobalFlags(session.arguments()), door);
        } catch (FlagException e) {
            return door.failed(PROGRAM, e);
        }
    }

    /// The words from the command on.
    private static List<String> withoutGlobalFlags(List<String> words) {
        int at = 0;
        while (at < words.size()) {
            int length = GlobalFlags.words(words.get(at));
            if (length == 0) {
                break;
            }
            if (at + length > words.size()) {
                throw FlagException.syntax("flag needs an argument: " + words.get(at));
            }
            at += length;
        }
        return words.subList(at, words.size());
    }

    private int dispatch(Call call, List<String> words, Door door) throws InterruptedException {
        var first = words.isEmpty() ? "" : words.getFirst();
        return switch (first) {
            case "" -> nothing(call, words);
            case "--help", "-h" -> shown(call, Usage.ofGroup(catalog, ""));
            case "help" -> help(call, words.subList(1, words.size()));
            case "--version", "-v" ->
                    shown(call, PROGRAM + " version " + surroundings.version().version() + "\n");
            case "__complete", "__completeNoDesc" ->
                    shown(call, new Completer(catalog, call).complete(words));
            default -> {
                if (first.startsWith("-")) {
                    throw FlagException.syntax("unknown flag: " + first);
                }
                yield command(call, words, door);
            }
        };
    }

    private static int shown(Call call, String text) {
        call.print(text);
        return 0;
    }

    private int nothing(Call call, List<String> words) {
        if (!words.isEmpty()) {
            return unrecognized(call, words.subList(0, 1));
        }
        call.print(Usage.ofGroup(catalog, ""));
        call.note("Error: missing command '" + PROGRAM + " COMMAND'");
        return ERROR;
    }

    /// Runs the command that the words name.
    private int command(Call call, List<String> words, Door door) throws InterruptedException {
        int depth = Catalog.depth(words);
        if (depth == words.size()) {
            return missing(call, String.join(" ", words));
        }
        if (depth > 0 && List.of("--help", "-h").contains(words.get(depth))) {
            return shown(call, Usage.ofGroup(catalog, String.join(" ", words.subList(0, depth))));
        }
        var path = String.join(" ", words.subList(0, depth + 1));
        var entry = catalog.find(path);
        return entry.isEmpty()
                ? unrecognized(call, words.subList(0, depth + 1))
                : run(call, entry.get(), path, words.subList(depth + 1, words.size()), door);
    }

    private int missing(Call call, String group) {
        call.print(Usage.ofGroup(catalog, group));
        call.note("Error: missing command '" + PROGRAM + " " + group + " COMMAND'");
        return ERROR;
    }

    private int run(Call call, Entry entry, String typed, List<String> words, Door door)
            throws InterruptedException {
        try {
            var verb = entry.maker().apply(call);
            var parser = Binding.parser(verb);
            var flags = GoFlags.parse(parser.getCommandSpec(), words, entry.interspersed());
            if (flags.help()) {
                call.print(Usage.ofCommand(entry, typed, parser.getCommandSpec()));
                return 0;
            }
            Binding.fill(parser, flags.forPicocli());
            return verb.run();
        } catch (RuntimeException e) {
            return door.failed(PROGRAM + " " + typed, e);
        }
    }

    private int help(Call call, List<String> words) {
        var path = String.join(" ", words);
        var entry = catalog.find(path);
        if (entry.isPresent()) {
            call.print(Usage.ofCommand(entry.get(), path, model(call, entry.get())));
            return 0;
        }
        if (path.isEmpty() || Catalog.GROUPS.containsKey(path)) {
            call.print(Usage.ofGroup(catalog, path));
            return 0;
        }
        return unrecognized(call, words);
    }

    static CommandSpec model(Call call, Entry entry) {
        return Binding.parser(entry.maker().apply(call)).getCommandSpec();
    }

    private int unrecognized(Call call, List<String> words) {
        var typed = words.stream().collect(Collectors.joining(" "));
        call.note("Error: unrecognized command `" + PROGRAM + " " + typed + "`");
        var group = String.join(" ", words.subList(0, words.size() - 1));
        Words.nearest(words.getLast(), catalog.below(group).keySet())
                .ifPresent(word -> call.note("Did you mean '" + word + "'?"));
        call.note(
                "Try '"
                        + PROGRAM
                        + (group.isEmpty() ? "" : " " + group)
                        + " --help' for more information");
        return ERROR;
    }
}
