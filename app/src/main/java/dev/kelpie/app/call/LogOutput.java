package dev.kelpie.app.call;

import dev.kelpie.app.format.HumanTime;
import dev.kelpie.engine.LogLine;
import java.nio.charset.StandardCharsets;

/// Writes log lines as `logs` shows them: each to the stream it was written to, a piece without its
/// line's end as it is. One for all containers that are shown together: where another one breaks
/// into an unfinished line, that is ended.
public final class LogOutput {
    private static final int[] COLORS = {36, 33, 32, 35, 34, 96, 93, 92, 95, 94};

    private final Call call;
    private final boolean timestamps;
    private int within = -1;
    private boolean withinStderr;

    public LogOutput(Call call, boolean timestamps) {
        this.call = call;
        this.timestamps = timestamps;
    }

    /// What stands before the lines of the container of that number, in a colour of its own.
    public static String colored(String prefix, int container) {
        return "\u001b[" + COLORS[container % COLORS.length] + "m" + prefix + "\u001b[0m";
    }

    /// Writes a line of the container of that number, with its prefix, which may be empty.
    public void write(int container, String prefix, LogLine line) {
        boolean goesOn = within == container && withinStderr == line.stderr();
        var before = within >= 0 && within != container ? "\n" : "";
        var head = goesOn ? "" : head(prefix, line);
        var text = line.latin1() + (line.complete() ? "\n" : "");
        within = line.complete() ? -1 : container;
        withinStderr = line.stderr();
        var to = line.stderr() ? call.session().stderr() : call.session().stdout();
        to.writeBytes(
                (before + head).isEmpty()
                        ? text.getBytes(StandardCharsets.ISO_8859_1)
                        : joined(before + head, text));
    }

    private static byte[] joined(String head, String latin1) {
        var first = head.getBytes(StandardCharsets.UTF_8);
        var rest = latin1.getBytes(StandardCharsets.ISO_8859_1);
        var both = java.util.Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, both, first.length, rest.length);
        return both;
    }

    private String head(String prefix, LogLine line) {
        var time = timestamps ? HumanTime.stamp(line.time()) + " " : "";
        return prefix.isEmpty() ? time : prefix + " " + time;
    }
}
