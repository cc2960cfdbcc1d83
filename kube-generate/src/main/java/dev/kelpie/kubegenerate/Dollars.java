package dev.kelpie.kubegenerate;

import java.util.function.Predicate;

/// Writes a text so that Kubernetes' `$(NAME)` expansion gives that very text; the other way round
/// of `Expansion`. What would not change is left as it is.
final class Dollars {
    private Dollars() {}

    /// @param known whether a name may be that of a variable
    static String escape(String text, Predicate<String> known) {
        var escaped = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            var c = text.charAt(at);
            int close = text.startsWith("$(", at) ? text.indexOf(')', at) : -1;
            if (c == '$' && text.startsWith("$$", at)) {
                escaped.append("$$");
            } else if (close >= 0 && known.test(text.substring(at + 2, close))) {
                escaped.append("$$");
            } else if (close >= 0) {
                // an unknown name stays with all that is in it
                escaped.append(text, at, close);
                at = close;
                escaped.append(')');
            } else {
                escaped.append(c);
            }
            at++;
        }
        return escaped.toString();
    }
}
