package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.FlagException;
import java.util.Map;

/// Options of `--mount` that have an opposite: `noexec=false` is `exec`.
final class Opposites {
    private static final Map<String, String> ALL =
            Map.of(
                    "exec", "noexec",
                    "noexec", "exec",
                    "suid", "nosuid",
                    "nosuid", "suid",
                    "dev", "nodev",
                    "nodev", "dev",
                    "tmpcopyup", "notmpcopyup",
                    "notmpcopyup", "tmpcopyup");

    private Opposites() {}

    static boolean has(String option) {
        return ALL.containsKey(option);
    }

    /// What is asked for by an option that has one.
    ///
    /// @param value empty: it is said alone
    static String meant(String option, String value) {
        return switch (value) {
            case "", "true", "1" -> option;
            case "false", "0" -> ALL.getOrDefault(option, option);
            default ->
                    throw FlagException.meaning(
                            "--mount " + option + " must be true or false, was \"" + value + "\"");
        };
    }
}
