package dev.kelpie.app.convert.compose;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The keys of one map of a compose file. It remembers which were asked for: the others are lost.
final class Keys {
    private final Map<String, Object> map;
    private final Set<String> asked = new HashSet<>();

    Keys(Object value) {
        this.map = Tree.asMap(value);
    }

    boolean has(String key) {
        asked.add(key);
        return map.containsKey(key);
    }

    private Object get(String key) {
        asked.add(key);
        return map.getOrDefault(key, "");
    }

    /// Empty for nothing, and for what is no text.
    String text(String key) {
        return get(key) instanceof String text ? text : "";
    }

    boolean flag(String key) {
        return Set.of("true", "yes", "on").contains(text(key).toLowerCase(java.util.Locale.ROOT));
    }

    Keys keys(String key) {
        return new Keys(get(key));
    }

    /// What is there, be it text, list or map.
    Object any(String key) {
        return get(key);
    }

    /// The items of a list; of one text that.
    List<Object> list(String key) {
        return switch (get(key)) {
            case List<?> list -> List.copyOf(list);
            case String text -> text.isEmpty() ? List.of() : List.of(text);
            default -> List.of();
        };
    }

    /// The items of a list that are texts.
    List<String> texts(String key) {
        return list(key).stream().filter(String.class::isInstance).map(String.class::cast).toList();
    }

    /// `{A: 1}` or `[A=1]`; what has no value is left out.
    Map<String, String> pairs(String key) {
        var pairs = new LinkedHashMap<String, String>();
        Tree.pairs(get(key))
                .forEach((name, value) -> {
                    if (value instanceof String text) {
                        pairs.put(name, text);
                    }
                });
        return pairs;
    }

    /// The names that stand without a value in a list of pairs.
    List<String> bare(String key) {
        var names = new ArrayList<String>();
        Tree.pairs(get(key))
                .forEach((name, value) -> {
                    if (value instanceof List<?>) {
                        names.add(name);
                    }
                });
        return names;
    }

    Set<String> names() {
        return map.keySet();
    }

    /// Those that nobody asked for; `x-` are the user's own.
    List<String> lost() {
        return map.keySet().stream()
                .filter(key -> !asked.contains(key) && !key.startsWith("x-"))
                .toList();
    }
}
