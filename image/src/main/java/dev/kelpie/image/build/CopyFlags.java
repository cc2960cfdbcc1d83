package dev.kelpie.image.build;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The `--flag=value` words that begin an instruction's arguments, and what follows them.
record CopyFlags(Map<String, String> flags, String rest) {

    /// Takes flags off; `known` are the ones allowed, others are an error.
    static CopyFlags of(Instruction instruction, List<String> known, UnaryOperator<String> expand) {
        var flags = new HashMap<String, String>();
        var rest = instruction.arguments();
        while (rest.startsWith("--")) {
            var end = 0;
            while (end < rest.length() && !Character.isWhitespace(rest.charAt(end))) {
                end++;
            }
            var word = rest.substring(2, end);
            rest = rest.substring(end).strip();
            if (word.isEmpty()) {
                break;
            }
            var equals = word.indexOf('=');
            var name = equals < 0 ? word : word.substring(0, equals);
            if (!known.contains(name)) {
                throw instruction.error(
                        instruction.keyword() + " --" + name + " is not supported yet");
            }
            flags.put(name, equals < 0 ? "true" : expand.apply(word.substring(equals + 1)));
        }
        return new CopyFlags(flags, rest);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(flags.get(name));
    }

    /// The words after the flags, in JSON or as plain words.
    List<String> words(Instruction instruction, UnaryOperator<String> expand) {
        if (rest.contains("<<")) {
            throw instruction.error(
                    instruction.keyword() + " with a here-document is not supported yet");
        }
        var words = new ArrayList<String>();
        for (var word : JsonForm.parse(rest).orElseGet(() -> Words.rawWords(rest))) {
            words.add(expand.apply(word));
        }
        return words;
    }
}
