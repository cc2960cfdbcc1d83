package dev.kelpie.app.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/// Collects the flags of one `run`, each in one word, and then its image and command.
public final class RunWords {
    private final List<String> words = new ArrayList<>();

    /// `--flag=value`; nothing for an empty value.
    public RunWords add(String flag, String value) {
        if (!value.isEmpty()) {
            words.add(flag + "=" + value);
        }
        return this;
    }

    public RunWords add(String flag, Collection<String> values) {
        values.forEach(value -> add(flag, value));
        return this;
    }

    /// `--flag=key=value` for each, in order.
    public RunWords add(String flag, Map<String, String> pairs) {
        pairs.forEach((key, value) -> words.add(flag + "=" + key + "=" + value));
        return this;
    }

    /// A flag that is on, or not there.
    public RunWords add(String flag, boolean on) {
        if (on) {
            words.add(flag);
        }
        return this;
    }

    /// A number that is not 0.
    public RunWords add(String flag, long number) {
        return add(flag, number == 0 ? "" : Long.toString(number));
    }

    /// All of it.
    public List<String> of(String image, List<String> command) {
        var all = new ArrayList<>(words);
        all.add("--");
        all.add(image);
        all.addAll(command);
        return all;
    }

    /// What [#json] wrote; a text that is no list is one word.
    public static List<String> list(String text) {
        if (text.startsWith("[")) {
            try {
                return List.of(new ObjectMapper().readValue(text, String[].class));
            } catch (JsonProcessingException _) {
                // a command may begin with a bracket
            }
        }
        return text.isEmpty() ? List.of() : List.of(text);
    }

    /// A list of words as `--entrypoint` and `--health-cmd` take it.
    public static String json(List<String> list) {
        var array = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.arrayNode();
        list.forEach(array::add);
        return array.toString();
    }
}
