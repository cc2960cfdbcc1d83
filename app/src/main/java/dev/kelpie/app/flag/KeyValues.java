package dev.kelpie.app.flag;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// `KEY=VALUE` words: labels, annotations, options.
public final class KeyValues {
    private KeyValues() {}

    /// Labels: a word without `=` is a key with an empty value.
    public static Map<String, String> labels(List<String> words) {
        var labels = new LinkedHashMap<String, String>();
        for (var word : words) {
            int equals = word.indexOf('=');
            var key = equals < 0 ? word : word.substring(0, equals);
            if (key.isEmpty()) {
                throw FlagException.meaning("invalid label format: \"" + word + "\"");
            }
            labels.put(key, equals < 0 ? "" : word.substring(equals + 1));
        }
        return labels;
    }

    /// Annotations: each needs its `=`.
    public static Map<String, String> annotations(List<String> words) {
        var annotations = new LinkedHashMap<String, String>();
        for (var word : words) {
            int equals = word.indexOf('=');
            if (equals <= 0) {
                throw FlagException.meaning("annotation \"" + word + "\" must include an '=' sign");
            }
            annotations.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return annotations;
    }
}
