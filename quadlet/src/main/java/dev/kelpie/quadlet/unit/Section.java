package dev.kelpie.quadlet.unit;

import dev.kelpie.quadlet.unit.Line.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/// The values of one group. Whatever a key is read as: for lists, an empty value forgets those
/// before it; for single values, the last one counts.
public final class Section {
    private final UnitFile unit;
    private final String group;
    private final Consumer<Fault> trouble;

    Section(UnitFile unit, String group, Consumer<Fault> trouble) {
        this.unit = unit;
        this.group = group;
        this.trouble = trouble;
    }

    public String group() {
        return group;
    }

    public boolean has(String key) {
        return unit.last(group, key).isPresent();
    }

    /// The value as it stands, maybe empty.
    public Optional<String> raw(String key) {
        return unit.last(group, key).map(Entry::value);
    }

    /// The value without blanks at its end and without quotes around all of it; may be empty.
    public Optional<String> setting(String key) {
        return raw(key).map(Section::unquote);
    }

    /// Like [#setting], but an empty one is none.
    public Optional<String> text(String key) {
        var value = setting(key);
        return value.isPresent() && value.get().isEmpty() ? Optional.empty() : value;
    }

    /// All values, each as it stands.
    public List<String> all(String key) {
        var values = new ArrayList<String>();
        for (var entry : entries(key)) {
            values.add(entry.value());
        }
        return values;
    }

    /// The words of all values; a backslash is a backslash.
    public List<String> words(String key) {
        var words = new ArrayList<String>();
        for (var entry : entries(key)) {
            words.addAll(split(entry, false));
        }
        return words;
    }

    /// The words of all values, with the escapes of a command line.
    public List<String> commandWords(String key) {
        var words = new ArrayList<String>();
        for (var entry : entries(key)) {
            words.addAll(split(entry, true));
        }
        return words;
    }

    /// The words of the last value alone.
    public List<String> command(String key) {
        var last = unit.last(group, key);
        return last.isEmpty() ? List.of() : split(last.get(), true);
    }

    /// All `NAME=VALUE` and bare `NAME` words, each as it stands, by name; a later one replaces an
    /// earlier one. An empty word names nothing.
    public Map<String, String> pairs(String key) {
        var pairs = new TreeMap<String, String>();
        for (var word : commandWords(key)) {
            int equals = word.indexOf('=');
            pairs.put(equals < 0 ? word : word.substring(0, equals), word);
        }
        pairs.remove("", "");
        return pairs;
    }

    /// Whether the value says yes; empty when the key is not there.
    public Optional<Boolean> truth(String key) {
        return raw(key).map(value -> isYes(unquote(value)));
    }

    public boolean isTrue(String key) {
        return truth(key).orElse(false);
    }

    public static boolean isYes(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "1", "yes", "true", "on" -> true;
            default -> false;
        };
    }

    /// The entries that count: those after the last empty one.
    private List<Entry> entries(String key) {
        var all = unit.entries(group, key);
        if (all.isEmpty()) {
            return all;
        }
        int from = 0;
        for (int i = 0; i < all.size(); i++) {
            if (all.get(i).value().isEmpty()) {
                from = i + 1;
            }
        }
        return all.subList(from, all.size());
    }

    /// A value that is nothing but a pair of quotes has no words: `""` is how some write "empty".
    private List<String> split(Entry entry, boolean command) {
        try {
            var text = entry.value();
            var words = command ? Words.ofCommand(text) : Words.ofList(text);
            return words.size() == 1 && words.getFirst().isEmpty() ? List.of() : words;
        } catch (WordsException e) {
            trouble.accept(
                    new Fault(
                            entry.place(),
                            e.getMessage()
                                    + " in "
                                    + entry.key()
                                    + "="
                                    + entry.value()
                                    + ", which is left out"));
            return List.of();
        }
    }

    private static String unquote(String value) {
        var text = value.stripTrailing();
        boolean quoted =
                text.length() >= 2
                        && text.charAt(0) == '"'
                        && text.charAt(text.length() - 1) == '"';
        return quoted ? text.substring(1, text.length() - 1) : text;
    }
}
