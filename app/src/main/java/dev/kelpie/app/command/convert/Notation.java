package dev.kelpie.app.command.convert;

import dev.kelpie.app.flag.FlagException;
import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;

/// How containers can be written down.
enum Notation {
    KUBE,
    COMPOSE,
    QUADLET,
    RUN,
    INSPECT;

    private static final Pattern UNIT =
            Pattern.compile(".*\\.(container|pod|kube|volume|network|build|image|artifact)");
    private static final Pattern DOCUMENT = Pattern.compile(".*\\.(ya?ml|json)");
    private static final Pattern SERVICES = Pattern.compile("(?m)^services\\s*:");
    private static final Pattern KIND =
            Pattern.compile("(?m)^(---\\s*\\n)?[{ ]*kind\\s*:|\"kind\"");
    private static final Pattern COMMAND =
            Pattern.compile(
                    "(?m)^\\s*(\\$ |sudo"
                            + " )*(docker|podman|kelpie|nerdctl)\\s+(container\\s+)?(run|create)\\b");

    static Notation named(String flag, String word) {
        return Arrays.stream(values())
                .filter(each -> each.word().equals(word))
                .findFirst()
                .orElseThrow(() ->
                        FlagException.meaning(
                                "invalid "
                                        + flag
                                        + " \""
                                        + word
                                        + "\": must be kube, compose, quadlet, run or inspect"));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// Whether a file of a folder may be one of these by its name.
    static boolean isNamedLikeOne(String file) {
        return UNIT.matcher(file).matches() || DOCUMENT.matcher(file).matches();
    }

    /// What a text seems to be.
    static Notation of(String file, String text) {
        if (UNIT.matcher(file).matches()) {
            return QUADLET;
        }
        var start = text.stripLeading();
        if (start.startsWith("[{") || start.contains("\"HostConfig\"")) {
            return INSPECT;
        }
        if (KIND.matcher(text).find()) {
            return KUBE;
        }
        if (SERVICES.matcher(text).find()) {
            return COMPOSE;
        }
        if (COMMAND.matcher(text).find()) {
            return RUN;
        }
        throw FlagException.meaning(
                "cannot tell what '"
                        + file
                        + "' is: say it with --from kube, compose, quadlet, run"
                        + " or inspect");
    }
}
