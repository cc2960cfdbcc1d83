package dev.kelpie.app.convert.compose;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.Times;

/// Times of compose files.
final class Spans {
    private Spans() {}

    /// `1m30s` in seconds, at least one; what is no time is given on as it is, for the flag's own
    /// complaint.
    static String seconds(String text) {
        try {
            return Long.toString(Times.span("", text).plusNanos(999_999_999).toSeconds());
        } catch (FlagException _) {
            return text;
        }
    }
}
