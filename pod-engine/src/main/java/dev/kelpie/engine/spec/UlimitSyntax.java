package dev.kelpie.engine.spec;

import dev.kelpie.engine.spec.Tuning.Ulimit;
import java.util.Locale;
import java.util.Set;

/// A limit as users write it: `NAME=SOFT[:HARD]`.
public final class UlimitSyntax {

    private static final Set<String> NAMES =
            Set.of(
                    "as",
                    "core",
                    "cpu",
                    "data",
                    "fsize",
                    "locks",
                    "memlock",
                    "msgqueue",
                    "nice",
                    "nofile",
                    "nproc",
                    "rss",
                    "rtprio",
                    "rttime",
                    "sigpending",
                    "stack");

    private UlimitSyntax() {}

    /// Throws `IllegalArgumentException` that says what is wrong.
    public static Ulimit parse(String word) {
        int equals = word.indexOf('=');
        var name = (equals < 0 ? word : word.substring(0, equals)).toLowerCase(Locale.ROOT);
        if (equals < 0 || !NAMES.contains(name)) {
            throw new IllegalArgumentException(
                    "use NAME=SOFT[:HARD] with a name of ulimit(1), such as nofile");
        }
        var values = word.substring(equals + 1).split(":", -1);
        long soft = number(values[0]);
        long hard = values.length == 1 ? soft : number(values[1]);
        if (values.length > 2 || (hard >= 0 && (soft < 0 || soft > hard))) {
            throw new IllegalArgumentException("the soft limit must not be above the hard one");
        }
        return new Ulimit(name, soft, hard);
    }

    private static long number(String value) {
        if (!value.matches("-1|unlimited|\\d{1,18}")) {
            throw new IllegalArgumentException("'" + value + "' is no number");
        }
        return value.equals("unlimited") ? -1 : Long.parseLong(value);
    }
}
