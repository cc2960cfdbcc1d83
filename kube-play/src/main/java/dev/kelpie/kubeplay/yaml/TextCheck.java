package dev.kelpie.kubeplay.yaml;

import dev.kelpie.kubeplay.report.Place;
import dev.kelpie.kubeplay.report.Problem;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// Refuses what is no text at all, before a parser sees it.
final class TextCheck {

    private static final char REPLACEMENT = '\uFFFD';
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextCheck() {}

    static Optional<Problem> refuse(String file, String text) {
        if (text.length() > YamlReader.MAX_LENGTH) {
            var size = String.format(Locale.ROOT, "%.1f", text.length() / 1048576.0);
            return Optional.of(
                    problem(Place.whole(file), "is " + size + " MiB long, at most 3 MiB are read"));
        }
        var at = firstBad(text);
        return at < 0
                ? Optional.empty()
                : Optional.of(problem(placeOf(file, text, at), what(text.charAt(at))));
    }

    /// What an escape sequence may have put into a value that no process could be given.
    static Optional<String> fault(String value) {
        if (value.indexOf('\0') >= 0) {
            return Optional.of("must not hold a NUL character");
        }
        return IntStream.range(0, value.length()).anyMatch(i -> lonely(value, i))
                ? Optional.of("must not hold half a character (a lone surrogate)")
                : Optional.empty();
    }

    private static int firstBad(String text) {
        for (int i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var control = (c < ' ' && c != '\n' && c != '\r' && c != '\t') || c == 0x7f;
            if (control || c == REPLACEMENT || (c == BYTE_ORDER_MARK && i > 0) || lonely(text, i)) {
                return i;
            }
        }
        return -1;
    }

    private static boolean lonely(String text, int at) {
        var c = text.charAt(at);
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c)
                && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    private static String what(char c) {
        if (c == REPLACEMENT || Character.isSurrogate(c)) {
            return "not valid UTF-8; is it a binary file, or in another encoding";
        }
        if (c == 0) {
            return "holds a NUL byte; is it a binary file";
        }
        return String.format("holds the control character U+%04X", (int) c);
    }

    private static Place placeOf(String file, String text, int at) {
        var before = text.substring(0, at);
        var line = (int) before.chars().filter(c -> c == '\n').count();
        return new Place(file, line + 1, at - before.lastIndexOf('\n'));
    }

    private static Problem problem(Place place, String message) {
        return new Problem(place, "", message, "");
    }
}
