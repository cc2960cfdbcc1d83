package dev.kelpie.image.registry;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.store.ImageJson;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;

/// What a registry says when it refuses (distribution-spec, "Error Codes"), cleaned for a terminal.
final class RegistryWords {

    private static final int MOST_BYTES = 1 << 16;
    private static final int LONGEST = 300;

    private RegistryWords() {}

    /// `CODE: message` of each error, or the beginning of whatever text came; perhaps empty.
    static String read(InputStream body) {
        byte[] bytes;
        try (body) {
            bytes = body.readNBytes(MOST_BYTES);
        } catch (IOException e) {
            return "";
        }
        try {
            var errors = new ArrayList<String>();
            for (var error : ImageJson.object(bytes, "answer").path("errors")) {
                var code = error.path("code").asText("");
                var message = error.path("message").asText("");
                errors.add(
                        code.isEmpty() || message.isEmpty()
                                ? code + message
                                : code + ": " + message);
            }
            if (!errors.isEmpty()) {
                return clean(String.join("; ", errors));
            }
        } catch (BadImageException e) {
            // not the form the specification asks for; say it as it came
        }
        return clean(new String(bytes, StandardCharsets.UTF_8));
    }

    static String clean(String text) {
        var oneLine = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        return oneLine.length() > LONGEST ? oneLine.substring(0, LONGEST) + "…" : oneLine;
    }
}
