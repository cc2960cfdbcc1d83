package dev.kelpie.image.build;

import dev.kelpie.image.spec.HealthCheck;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// `HEALTHCHECK [--interval=…] CMD …` and `HEALTHCHECK NONE`.
final class HealthChecks {

    private static final List<String> FLAGS =
            List.of("interval", "timeout", "start-period", "start-interval", "retries");

    /// Go's durations: `1m30s`, `500ms`, `1.5h`.
    private static final Pattern PART =
            Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");

    private HealthChecks() {}

    static HealthCheck parse(Instruction instruction, ConfigDraft config) {
        var flags = Flags.of(instruction, FLAGS, text -> text);
        var words = flags.rest().split("\\s+", 2);
        var kind = words[0].toUpperCase(java.util.Locale.ROOT);
        var rest = words.length > 1 ? words[1].strip() : "";
        if (kind.equals("NONE") && rest.isEmpty()) {
            return HealthCheck.NONE;
        }
        if (!kind.equals("CMD") || rest.isEmpty()) {
            throw instruction.error(
                    "HEALTHCHECK is neither NONE nor CMD with a command: '" + flags.rest() + "'");
        }
        return new HealthCheck(
                test(rest, config),
                time(instruction, flags, "interval"),
                time(instruction, flags, "timeout"),
                time(instruction, flags, "start-period"),
                time(instruction, flags, "start-interval"),
                flags.get("retries").map(text -> retries(instruction, text)));
    }

    private static List<String> test(String command, ConfigDraft config) {
        var exec = JsonForm.parse(command);
        var words = new ArrayList<String>();
        if (exec.isPresent()) {
            words.add("CMD");
            words.addAll(exec.get());
        } else if (config.shell.isEmpty()) {
            words.addAll(List.of("CMD-SHELL", command));
        } else {
            words.add("CMD");
            words.addAll(config.inShell(command));
        }
        return words;
    }

    private static int retries(Instruction instruction, String text) {
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) < 1) {
            throw instruction.error("--retries must be at least 1: '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static Optional<Duration> time(Instruction instruction, Flags flags, String name) {
        return flags.get(name).map(text -> duration(instruction, name, text));
    }

    private static Duration duration(Instruction instruction, String name, String text) {
        var matcher = PART.matcher(text);
        var sum = Duration.ZERO;
        var at = 0;
        while (matcher.find() && matcher.start() == at) {
            var unit =
                    switch (matcher.group(2)) {
                        case "ns" -> 1L;
                        case "us", "µs" -> 1_000L;
                        case "ms" -> 1_000_000L;
                        case "s" -> 1_000_000_000L;
                        case "m" -> 60_000_000_000L;
                        default -> 3_600_000_000_000L;
                    };
            sum = sum.plusNanos((long) (Double.parseDouble(matcher.group(1)) * unit));
            at = matcher.end();
        }
        if (at != text.length() || text.isEmpty() || sum.compareTo(Duration.ofMillis(1)) < 0) {
            throw instruction.error(
                    "--" + name + " is not a time of at least 1ms, such as 30s: '" + text + "'");
        }
        return sum;
    }
}
