package dev.kelpie.image.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The `--flag=value` words that begin an instruction's arguments, and what follows them.
record Flags(Map<String, List<String>> flags, String rest) {

    /// The flags that an instruction may have.
    static List<String> known(Instruction instruction) {
        return switch (instruction.keyword()) {
            case "RUN" -> List.of("mount", "network", "security");
            case "COPY" -> List.of("from", "chown", "chmod", "link", "exclude", "parents");
            case "ADD" ->
                    List.of(
                            "chown",
                            "chmod",
                            "link",
                            "exclude",
                            "checksum",
                            "keep-git-dir",
                            "unpack");
            default -> List.of();
        };
    }

    /// Takes flags off; `known` are the ones allowed, others are an error.
    static Flags of(Instruction instruction, List<String> known, UnaryOperator<String> expand) {
        var flags = new HashMap<String, List<String>>();
        var rest = instruction.arguments();
        while (rest.startsWith("--")) {
            var end = wordEnd(rest);
            var word = rest.substring(2, end);
            rest = rest.substring(end).strip();
            if (word.isEmpty()) {
                break;
            }
            var equals = word.indexOf('=');
            var name = equals < 0 ? word : word.substring(0, equals);
            if (!known.contains(name)) {
                throw instruction.error(
                        instruction.keyword() + " does not know the flag '--" + name + "'");
            }
            flags.computeIfAbsent(name, any -> new ArrayList<>())
                    .add(equals < 0 ? "true" : expand.apply(word.substring(equals + 1)));
        }
        return new Flags(flags, rest);
    }

    private static int wordEnd(String text) {
        var quote = '\0';
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            if (quote == '\0' && Character.isWhitespace(c)) {
                return i;
            }
            if (quote == c) {
                quote = '\0';
            } else if (quote == '\0' && (c == '"' || c == '\'')) {
                quote = c;
            }
        }
        return text.length();
    }

    /// The last value, as most flags may be given once only.
    Optional<String> get(String name) {
        var values = all(name);
        return values.isEmpty() ? Optional.empty() : Optional.of(values.getLast());
    }

    List<String> all(String name) {
        return flags.getOrDefault(name, List.of());
    }

    /// Whether a flag without need of a value is given and not `false`.
    boolean isSet(String name) {
        return get(name).filter(value -> !value.equals("false")).isPresent();
    }

    /// The words after the flags, in JSON or as plain words.
    List<String> words(Instruction instruction, UnaryOperator<String> expand) {
        var words = new ArrayList<String>();
        for (var word :
                JsonForm.parse(rest).orElseGet(() -> Words.rawWords(rest, instruction.escape()))) {
            words.add(expand.apply(word));
        }
        return words;
    }
}
