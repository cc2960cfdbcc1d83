package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.PullPolicy;
import java.util.Locale;

/// `--pull always|missing|never|newer`, with the spellings of Docker and Kubernetes.
public final class PullFlag {
    private PullFlag() {}

    public static PullPolicy parse(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "always", "true" -> PullPolicy.ALWAYS;
            case "missing", "ifnotpresent", "ifmissing", "" -> PullPolicy.MISSING;
            case "newer", "ifnewer" -> PullPolicy.NEWER;
            case "never", "false" -> PullPolicy.NEVER;
            default -> throw FlagException.meaning("unsupported pull policy \"" + word + "\"");
        };
    }
}
