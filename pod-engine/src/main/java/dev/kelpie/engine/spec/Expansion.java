package dev.kelpie.engine.spec;

import java.util.Map;

/// Kubernetes' `$(NAME)` in commands and variables: a known name becomes its value, an unknown one
/// stays as written, `$$` is one `$` that begins nothing. There is no second pass.
///
/// @see <a
///   href="https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/">dependent
///   variables</a>
public final class Expansion {

    private Expansion() {}

    public static String expand(String text, Map<String, String> values) {
        var expanded = new StringBuilder();
        int at = 0;
        while (at < text.length()) {
            at =
                    text.charAt(at) == '$'
                            ? dollar(text, at, values, expanded)
                            : plain(text, at, expanded);
        }
        return expanded.toString();
    }

    private static int plain(String text, int at, StringBuilder expanded) {
        var next = text.indexOf('$', at);
        var end = next < 0 ? text.length() : next;
        expanded.append(text, at, end);
        return end;
    }

    /// Takes what stands after a `$`; returns where to go on.
    private static int dollar(
            String text, int at, Map<String, String> values, StringBuilder expanded) {
        var after = at + 1 < text.length() ? text.charAt(at + 1) : ' ';
        var close = after == '(' ? text.indexOf(')', at) : -1;
        if (after == '$' || close < 0) {
            expanded.append('$');
            return at + (after == '$' ? 2 : 1);
        }
        var value = values.get(text.substring(at + 2, close));
        expanded.append(value == null ? text.substring(at, close + 1) : value);
        return close + 1;
    }
}
