package dev.kelpie.app.convert.inspect;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/// One container of an `inspect`, and how it was called into being where that is known (Podman
/// keeps the words): it tells what was asked for from what the image brought.
final class Facts {
    private final JsonNode root;
    private final List<String> made;
    private final Consumer<String> losses;

    Facts(JsonNode root, Consumer<String> losses) {
        this.root = root;
        this.made = texts(root.at("/Config/CreateCommand"));
        this.losses = losses;
    }

    String name() {
        var name = root.path("Name").asText();
        return name.startsWith("/") ? name.substring(1) : name;
    }

    JsonNode config() {
        return root.path("Config");
    }

    JsonNode host() {
        return root.path("HostConfig");
    }

    JsonNode at(String path) {
        return root.at(path);
    }

    void lost(String what) {
        losses.accept("container '" + name() + "': " + what);
    }

    /// Whether it was asked for by one of these flags; also when nobody knows.
    boolean asked(String... flags) {
        return made.isEmpty() || isSaid(flags);
    }

    /// Whether it was certainly asked for by one of these flags.
    boolean isSaid(String... flags) {
        return made.stream()
                .anyMatch(word -> {
                    for (var flag : flags) {
                        boolean attached =
                                flag.startsWith("--")
                                        ? word.startsWith(flag + "=")
                                        : word.startsWith(flag);
                        if (word.equals(flag) || attached) {
                            return true;
                        }
                    }
                    return false;
                });
    }

    /// Whether one of the words is `key=…`, or `key` alone.
    boolean isAmongWords(String key) {
        return made.isEmpty()
                || made.stream()
                        .map(word ->
                                word.substring(
                                        word.startsWith("-") ? word.lastIndexOf("=" + key) + 1 : 0))
                        .anyMatch(word -> word.equals(key) || word.startsWith(key + "="));
    }

    /// The last word with which it was made; empty when that is not known.
    String lastWord() {
        return made.isEmpty() ? "" : made.getLast();
    }

    /// The values of a flag among the words.
    List<String> valuesOf(String flag) {
        var values = new ArrayList<String>();
        for (int i = 0; i < made.size(); i++) {
            if (made.get(i).startsWith(flag + "=")) {
                values.add(made.get(i).substring(flag.length() + 1));
            } else if (made.get(i).equals(flag) && i + 1 < made.size()) {
                values.add(made.get(i + 1));
            }
        }
        return values;
    }

    static List<String> texts(JsonNode array) {
        var texts = new ArrayList<String>();
        array.forEach(each -> texts.add(each.asText()));
        return texts;
    }

    static Map<String, String> map(JsonNode object) {
        var map = new TreeMap<String, String>();
        object.properties().forEach(each -> map.put(each.getKey(), each.getValue().asText()));
        return map;
    }
}
