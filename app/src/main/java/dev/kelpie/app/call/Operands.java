package dev.kelpie.app.call;

import dev.kelpie.app.flag.FlagException;
import java.util.List;

/// Checks how many operands a command was given, in the words Podman uses.
public final class Operands {
    private Operands() {}

    public static void exactly(int count, List<String> given) {
        if (given.size() != count) {
            throw FlagException.meaning("accepts " + count + " arg(s), received " + given.size());
        }
    }

    public static void atLeast(int count, List<String> given) {
        if (given.size() < count) {
            throw FlagException.meaning(
                    "requires at least " + count + " arg(s), only received " + given.size());
        }
    }

    public static void atMost(int count, List<String> given) {
        if (given.size() > count) {
            throw FlagException.meaning(
                    "accepts at most " + count + " arg(s), received " + given.size());
        }
    }

    /// Names or ids, unless `all` or `latest` chooses what is meant.
    public static void namesUnless(boolean chosen, List<String> given, String what) {
        if (chosen && !given.isEmpty()) {
            throw FlagException.meaning(
                    "--all or --latest and " + what + " cannot be used together");
        }
        if (!chosen && given.isEmpty()) {
            throw FlagException.meaning("you must provide at least one " + what + " name or id");
        }
    }
}
