package dev.kelpie.app.call;

import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.LogLine;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/// Writes log lines as `logs` shows them: each to the stream it was written to, a piece without its
/// line's end as it is.
public final class LogOutput {
    private final Call call;
    private final boolean timestamps;
    private final String prefix;
    private boolean within;

    /// Writes with a `prefix` before each line, which may be empty.
    public LogOutput(Call call, boolean timestamps, String prefix) {
        this.call = call;
        this.timestamps = timestamps;
        this.prefix = prefix;
    }

    public void write(LogLine line) {
        var to = line.stderr() ? call.session().stderr() : call.session().stdout();
        var text = head(line, HumanTime::stamp) + line.latin1() + (line.complete() ? "\n" : "");
        within = !line.complete();
        to.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    private String head(LogLine line, Function<java.time.Instant, String> stamp) {
        if (within) {
            return "";
        }
        var time = timestamps ? stamp.apply(line.time()) + " " : "";
        return prefix.isEmpty() ? time : prefix + " " + time;
    }
}
