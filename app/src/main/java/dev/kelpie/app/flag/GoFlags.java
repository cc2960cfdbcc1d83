package dev.kelpie.app.flag;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Reads a command line by the rules of Go's pflag and writes it down again so that picocli cannot
/// misread it: every option as `--name=value`, then `--`, then the operands.
///
/// The differences that matter: `--flag=false`, `-n5`, `-it`, `-xVALUE`, options after operands,
/// and a value that looks like an option.
public final class GoFlags {
    private static final Set<String> TRUE = Set.of("1", "t", "T", "true", "TRUE", "True");
    private static final Set<String> FALSE = Set.of("0", "f", "F", "false", "FALSE", "False");

    /// Flags of `run` elsewhere that we do not know and that have no value.
    private static final Set<String> SWITCHES =
            Set.of(
                    "no-hosts",
                    "no-hostname",
                    "oom-kill-disable",
                    "rmi",
                    "rootfs",
                    "unsetenv-all",
                    "use-api-socket");

    /// Spellings that Podman still takes for flags that have a new one.
    private static final Map<String, String> OLD_NAMES =
            Map.of(
                    "net", "network",
                    "timeout", "time",
                    "notruncate", "no-trunc",
                    "dns-opt", "dns-option",
                    "noheadings", "noheading");

    private final Map<String, OptionSpec> options = new HashMap<>();
    private final boolean interspersed;
    private final List<String> flags = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();
    private Optional<Consumer<String>> unknown = Optional.empty();
    private List<String> words = List.of();
    private int at;
    private boolean help;

    private GoFlags(CommandSpec command, boolean interspersed) {
        this.interspersed = interspersed;
        for (var option : command.options()) {
            for (var name : option.names()) {
                options.put(name, option);
            }
        }
    }

    /// A command line taken apart.
    ///
    /// @param forPicocli the words to give to picocli
    /// @param help the user asked for help
    public record Parsed(List<String> forPicocli, boolean help) {}

    /// Takes the words after the command's name apart. Without `interspersed` all words from the
    /// first operand on are operands.
    ///
    /// @throws FlagException for a flag that is unknown or lacks its value
    public static Parsed parse(CommandSpec command, List<String> words, boolean interspersed) {
        return new GoFlags(command, interspersed).read(words);
    }

    /// The same, but a flag that is not known is told of and left out, with the word after it where
    /// that looks like its value.
    public static Parsed parse(CommandSpec command, List<String> words, Consumer<String> unknown) {
        var flags = new GoFlags(command, false);
        flags.unknown = Optional.of(unknown);
        return flags.read(words);
    }

    private Parsed read(List<String> given) {
        words = given;
        while (at < words.size() && !help) {
            var word = words.get(at++);
            if (word.equals("--")) {
                operands.addAll(words.subList(at, words.size()));
                break;
            }
            if (word.startsWith("--")) {
                longFlag(word);
            } else if (word.startsWith("-") && word.length() > 1) {
                shortFlags(word);
            } else if (interspersed) {
                operands.add(word);
            } else {
                operands.addAll(words.subList(at - 1, words.size()));
                break;
            }
        }
        flags.add("--");
        flags.addAll(operands);
        return new Parsed(flags, help);
    }

    private void longFlag(String word) {
        int equals = word.indexOf('=');
        var name = equals < 0 ? word.substring(2) : word.substring(2, equals);
        var attached =
                equals < 0 ? Optional.<String>empty() : Optional.of(word.substring(equals + 1));
        var option = find(name);
        if (option.isPresent()) {
            add(option.get(), "--" + name, attached);
        } else if (name.equals("help")) {
            help = true;
        } else if (GlobalFlags.isPersistent(name)) {
            if (attached.isEmpty() && GlobalFlags.takesValue(name)) {
                next("flag needs an argument: --" + name);
            }
        } else if (unknown.isPresent()) {
            leaveOut(word, attached.isPresent() || SWITCHES.contains(name));
        } else {
            throw FlagException.syntax("unknown flag: --" + name);
        }
    }

    private void leaveOut(String word, boolean whole) {
        boolean withValue = !whole && at < words.size() && !words.get(at).startsWith("-");
        unknown.ifPresent(hears -> hears.accept(word + (withValue ? " " + words.get(at) : "")));
        at += withValue ? 1 : 0;
    }

    private Optional<OptionSpec> find(String name) {
        var option = options.get("--" + name);
        if (option == null && OLD_NAMES.containsKey(name)) {
            option = options.get("--" + OLD_NAMES.get(name));
        }
        return Optional.ofNullable(option);
    }

    private void shortFlags(String word) {
        for (int i = 1; i < word.length() && !help; i++) {
            var name = "-" + word.charAt(i);
            var option = options.get(name);
            if (option == null) {
                if (name.equals("-h")) {
                    help = true;
                    return;
                }
                if (unknown.isPresent()) {
                    leaveOut(word, word.length() > 2);
                    return;
                }
                throw FlagException.syntax(
                        "unknown shorthand flag: '" + word.charAt(i) + "' in " + word);
            }
            var rest = word.substring(i + 1);
            if (isSwitch(option) && !rest.startsWith("=")) {
                add(option, name, Optional.empty());
            } else {
                var value = rest.startsWith("=") ? rest.substring(1) : rest;
                add(option, name, rest.isEmpty() ? Optional.empty() : Optional.of(value));
                return;
            }
        }
    }

    private void add(OptionSpec option, String typed, Optional<String> attached) {
        String value;
        if (isSwitch(option)) {
            value = truth(attached.orElse("true"), typed);
        } else if (attached.isPresent()) {
            value = attached.get();
        } else if (option.arity().min() == 0 && !option.fallbackValue().isEmpty()) {
            value = option.fallbackValue();
        } else {
            value = next(needsArgument(typed));
        }
        requireNumber(option, typed, value);
        flags.add(option.longestName() + "=" + value);
    }

    private String needsArgument(String typed) {
        return typed.startsWith("--")
                ? "flag needs an argument: " + typed
                : "flag needs an argument: '" + typed.charAt(1) + "' in " + words.get(at - 1);
    }

    private String next(String otherwise) {
        if (at == words.size()) {
            throw FlagException.syntax(otherwise);
        }
        return words.get(at++);
    }

    private static boolean isSwitch(OptionSpec option) {
        return option.type() == boolean.class || option.type() == Boolean.class;
    }

    private static String truth(String value, String typed) {
        if (TRUE.contains(value)) {
            return "true";
        }
        if (FALSE.contains(value)) {
            return "false";
        }
        throw FlagException.syntax(
                "invalid argument \"" + value + "\" for \"" + typed + "\" flag: not true or false");
    }

    private static void requireNumber(OptionSpec option, String typed, String value) {
        boolean number = option.type() == int.class || option.type() == long.class;
        long largest = option.type() == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE;
        if (number && !fits(value, largest)) {
            throw FlagException.syntax(
                    "invalid argument \"" + value + "\" for \"" + typed + "\" flag: not a number");
        }
    }

    private static boolean fits(String value, long largest) {
        try {
            long number = Long.parseLong(value);
            return number <= largest && number >= -largest;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
