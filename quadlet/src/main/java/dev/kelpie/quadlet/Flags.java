package dev.kelpie.quadlet;

import dev.kelpie.quadlet.installed.InstallException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// A command line of flags and operands, in any order.
record Flags(Map<String, List<String>> flags, List<String> operands) {

    /// @param known flag by flag, short ones as `-r=--replace`; one that takes a value ends with
    ///   `:`, one that may have a value after `=` only ends with `?`
    static Flags parse(List<String> words, String... known) {
        var flags = new HashMap<String, List<String>>();
        var operands = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (!word.startsWith("-") || word.equals("-")) {
                operands.add(word);
                continue;
            }
            int equals = word.indexOf('=');
            var name = full(equals < 0 ? word : word.substring(0, equals), known);
            boolean valued = name.endsWith(":");
            var flag = valued || name.endsWith("?") ? name.substring(0, name.length() - 1) : name;
            var value = equals < 0 ? "" : word.substring(equals + 1);
            if (valued && equals < 0) {
                if (++i == words.size()) {
                    throw new InstallException("flag needs an argument: " + word);
                }
                value = words.get(i);
            }
            if (name.equals(flag) && value.equals("false")) {
                continue;
            }
            flags.computeIfAbsent(flag, _ -> new ArrayList<>()).add(value);
        }
        return new Flags(flags, operands);
    }

    private static String full(String typed, String... known) {
        for (var each : known) {
            var flag = each.indexOf('=') > 0 ? each.substring(each.indexOf('=') + 1) : each;
            var bare =
                    flag.endsWith(":") || flag.endsWith("?")
                            ? flag.substring(0, flag.length() - 1)
                            : flag;
            if (bare.equals(typed) || each.startsWith(typed + "=")) {
                return flag;
            }
        }
        throw new InstallException(
                (typed.startsWith("--") ? "unknown flag: " : "unknown shorthand flag: ") + typed);
    }

    boolean has(String flag) {
        return flags.containsKey(flag);
    }

    List<String> values(String flag) {
        return flags.getOrDefault(flag, List.of());
    }

    /// The last one, or empty.
    String value(String flag) {
        var values = values(flag);
        return values.isEmpty() ? "" : values.getLast();
    }
}
