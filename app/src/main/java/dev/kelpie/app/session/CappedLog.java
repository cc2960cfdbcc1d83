package dev.kelpie.app.session;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.function.LongSupplier;

/// Warnings about callers who mean harm: a few each minute, in one line and not long, so that who
/// is refused cannot fill the log or forge its lines.
public final class CappedLog {
    private static final int PER_MINUTE = 10;
    private static final int MOST_CHARS = 300;
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final Logger log;
    private final LongSupplier nanos;
    private long since;
    private int said;

    public CappedLog(Logger log) {
        this(log, System::nanoTime);
    }

    CappedLog(Logger log, LongSupplier nanos) {
        this.log = log;
        this.nanos = nanos;
        since = nanos.getAsLong();
    }

    /// Says it, or not.
    public void warn(String text) {
        int count = count();
        if (count <= PER_MINUTE) {
            log.log(Level.WARNING, clean(text));
        } else if (count == PER_MINUTE + 1) {
            log.log(Level.WARNING, "more of the same is not logged for a minute");
        }
    }

    private synchronized int count() {
        long now = nanos.getAsLong();
        if (now - since > MINUTE_NANOS) {
            since = now;
            said = 0;
        }
        said = Math.min(said + 1, PER_MINUTE + 2);
        return said;
    }

    /// No line breaks, no escape sequences of terminals.
    static String clean(String text) {
        var cut = text.length() > MOST_CHARS ? text.substring(0, MOST_CHARS) + "…" : text;
        return cut.replaceAll("[\\p{Cntrl}\\u2028\\u2029]", "?");
    }
}
