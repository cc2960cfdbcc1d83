package dev.kelpie.image.build;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.store.ImageJson;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `["a", "b"]`, the form that no shell sees.
final class JsonForm {

    private JsonForm() {}

    /// Nothing when this is not a JSON list of strings; then it is the shell form.
    static Optional<List<String>> parse(String text) {
        if (!text.startsWith("[") || !text.endsWith("]")) {
            return Optional.empty();
        }
        try {
            var words = new ArrayList<String>();
            for (var word : ImageJson.value(text.getBytes(StandardCharsets.UTF_8), "list")) {
                if (!word.isTextual()) {
                    return Optional.empty();
                }
                words.add(word.textValue());
            }
            return Optional.of(words);
        } catch (BadImageException e) {
            return Optional.empty();
        }
    }
}
