package dev.kelpie.app.flag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/// The `--filter KEY=VALUE` flags of a listing: values of one key are alternatives (of `label` and
/// `label!` they must all hold), different keys must all hold.
public final class Filter {
    private static final Set<String> ALL_MUST_HOLD = Set.of("label", "label!");

    private final Map<String, List<String>> wanted = new LinkedHashMap<>();

    /// Reads the flags.
    ///
    /// @param known the keys that make sense here
    /// @throws FlagException for a word without `=` or an unknown key
    public static Filter parse(List<String> words, Set<String> known) {
        var filter = new Filter();
        for (var word : words) {
            int equals = word.startsWith("label!=") ? 6 : word.indexOf('=');
            if (equals <= 0) {
                throw FlagException.meaning(
                        "invalid filter \"" + word + "\": must be in the form of filter=value");
            }
            var key = word.substring(0, equals);
            if (!known.contains(key)) {
                throw FlagException.meaning("\"" + key + "\" is an invalid filter");
            }
            filter.wanted
                    .computeIfAbsent(key, _ -> new ArrayList<>())
                    .add(word.substring(equals + 1));
        }
        return filter;
    }

    public boolean has(String key) {
        return wanted.containsKey(key);
    }

    /// Whether the thing passes; `holds` tells whether one value of one key does.
    public boolean passes(Condition holds) {
        return wanted.entrySet().stream().allMatch(entry -> passes(entry, holds));
    }

    private static boolean passes(Map.Entry<String, List<String>> entry, Condition holds) {
        Predicate<String> one = value -> holds.test(entry.getKey(), value);
        return ALL_MUST_HOLD.contains(entry.getKey())
                ? entry.getValue().stream().allMatch(one)
                : entry.getValue().stream().anyMatch(one);
    }

    /// Whether a thing has a filter's value: `label=app=web`.
    public interface Condition {
        boolean test(String key, String value);
    }

    /// The usual answer for `label`: `KEY` or `KEY=VALUE`, `*` standing for anything at an end.
    public static boolean hasLabel(Map<String, String> labels, String wanted) {
        int equals = wanted.indexOf('=');
        if (equals < 0) {
            return labels.containsKey(wanted);
        }
        var value = labels.get(wanted.substring(0, equals));
        var expected = wanted.substring(equals + 1);
        if (value == null) {
            return false;
        }
        return expected.endsWith("*")
                ? value.startsWith(expected.substring(0, expected.length() - 1))
                : value.equals(expected);
    }

    /// The usual answer for `id`: hex digits are the beginning of one, else a regular expression.
    public static boolean hasId(String id, String wanted) {
        return wanted.matches("[0-9a-fA-F]+")
                ? id.startsWith(wanted.toLowerCase(java.util.Locale.ROOT))
                : matches(id, wanted);
    }

    /// Whether a regular expression, as typed, is found in the text.
    public static boolean matches(String text, String wanted) {
        try {
            return java.util.regex.Pattern.compile(wanted).matcher(text).find();
        } catch (java.util.regex.PatternSyntaxException e) {
            throw FlagException.meaning(
                    "malformed regular expression \"" + wanted + "\": " + e.getDescription());
        }
    }
}
