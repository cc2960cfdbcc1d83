package dev.kelpie.kubeplay;

import java.nio.charset.StandardCharsets;

/// One input of a play: the name under which messages speak of it (as the user typed it) and its
/// whole text.
public record Source(String name, String text) {

    /// What messages call standard input.
    public static final String STDIN = "<stdin>";

    /// Decodes UTF-8. Bytes that are none become U+FFFD, which the reader refuses with its
    /// position.
    public static Source of(String name, byte[] content) {
        return new Source(name, new String(content, StandardCharsets.UTF_8));
    }
}
