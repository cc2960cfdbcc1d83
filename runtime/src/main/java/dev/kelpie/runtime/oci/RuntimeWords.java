package dev.kelpie.runtime.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kelpie.runtime.ContainerStartException.Reason;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What the OCI runtimes' error texts mean; they have no error codes.
public final class RuntimeWords {

    private static final List<String> GONE =
            List.of(
                    "no such process",
                    "not running",
                    "does not exist",
                    "container not found",
                    "error opening file",
                    "no such file or directory: status",
                    "already stopped",
                    "cannot find");

    private static final List<String> SERIOUS = List.of("error", "fatal", "panic", "");

    private static final Pattern LOGRUS =
            Pattern.compile("time=\"[^\"]*\" level=\\w+ msg=\"(.*)\"");

    private RuntimeWords() {}

    static boolean saysGone(String stderr) {
        var lower = stderr.toLowerCase(Locale.ROOT);
        return GONE.stream().anyMatch(lower::contains);
    }

    /// Whether a command was not there, could not be run, or something else was wrong.
    public static Reason reason(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        if (lower.contains("permission denied")
                || lower.contains("operation not permitted")
                || lower.contains("exec format error")) {
            return Reason.NOT_INVOCABLE;
        }
        var notFound =
                (lower.contains("executable file") && lower.contains("not found"))
                        || lower.contains("no such file or directory")
                        || lower.contains("open executable");
        return notFound ? Reason.NOT_FOUND : Reason.OTHER;
    }

    /// The last error in a log of JSON lines with `level` and `msg`.
    public static Optional<String> lastError(String log) {
        var json = JsonMapper.builder().build();
        Optional<String> last = Optional.empty();
        for (var line : log.lines().toList()) {
            try {
                var entry = json.readTree(line);
                var text = entry.path("msg").asText().strip();
                if (SERIOUS.contains(entry.path("level").asText()) && !text.isEmpty()) {
                    last = Optional.of(text);
                }
            } catch (JsonProcessingException _) {
                last = last.or(() -> Optional.of(line.strip()).filter(text -> !text.isEmpty()));
            }
        }
        return last.map(RuntimeWords::plain);
    }

    /// Without the frame that runc's logger puts around its messages and crun's time stamps.
    static String plain(String stderr) {
        var logged = LOGRUS.matcher(stderr);
        var text = logged.find() ? logged.group(1).replace("\\\"", "\"") : stderr;
        return text.replaceFirst("^[0-9-]+T[0-9:.]+Z: ", "").strip();
    }
}
