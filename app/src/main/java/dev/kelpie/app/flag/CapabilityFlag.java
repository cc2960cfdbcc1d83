package dev.kelpie.app.flag;

import dev.kelpie.runtime.kernel.Capability;
import java.util.List;
import java.util.Locale;

/// `--cap-add` and `--cap-drop`: names with or without `CAP_`, or `all`.
public final class CapabilityFlag {

    private CapabilityFlag() {}

    /// Each once, by its full name in capitals.
    public static List<String> names(List<String> words) {
        return words.stream().map(CapabilityFlag::name).distinct().toList();
    }

    private static String name(String word) {
        var name = word.toUpperCase(Locale.ROOT);
        return name.equals("ALL")
                ? name
                : Capability.parse(word)
                        .map(Capability::name)
                        .orElseThrow(() ->
                                FlagException.meaning("unknown capability: \"" + word + "\""));
    }
}
