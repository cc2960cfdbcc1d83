package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.RestartPolicy;

/// `--restart no|never|always|unless-stopped|on-failure[:N]`.
///
/// @param maxRetries 0 for no end
public record RestartFlag(RestartPolicy policy, int maxRetries) {
    public static RestartFlag parse(String word) {
        int colon = word.indexOf(':');
        var name = colon < 0 ? word : word.substring(0, colon);
        var count = colon < 0 ? "" : word.substring(colon + 1);
        if (colon >= 0 && (!name.equals("on-failure") || !count.matches("\\d{1,9}"))) {
            throw wrong(word);
        }
        int retries = count.isEmpty() ? 0 : Integer.parseInt(count);
        return switch (name) {
            case "", "no", "never" -> new RestartFlag(RestartPolicy.NEVER, 0);
            case "always" -> new RestartFlag(RestartPolicy.ALWAYS, 0);
            case "unless-stopped" -> new RestartFlag(RestartPolicy.UNLESS_STOPPED, 0);
            case "on-failure" -> new RestartFlag(RestartPolicy.ON_FAILURE, retries);
            default -> throw wrong(word);
        };
    }

    private static FlagException wrong(String word) {
        return FlagException.meaning(
                "\""
                        + word
                        + "\" is not a valid restart policy: use no, always, unless-stopped or"
                        + " on-failure[:N]");
    }
}
