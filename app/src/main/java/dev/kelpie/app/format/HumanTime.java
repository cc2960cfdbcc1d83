package dev.kelpie.app.format;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Times and spans as people read them.
public final class HumanTime {
    private static final DateTimeFormatter LONG =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSSSSS Z z", Locale.ROOT);
    private static final DateTimeFormatter NANOS =
            DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSSSSSSSSXXX", Locale.ROOT);

    private HumanTime() {}

    /// A span in its largest unit, `5 seconds`, `About a minute`, `3 weeks`: the steps that Docker
    /// and Podman print.
    public static String span(Duration span) {
        long seconds = Math.max(0, span.toSeconds());
        long minutes = span.toMinutes();
        long hours = Math.round(span.toMillis() / 3_600_000.0);
        if (seconds < 1) {
            return "Less than a second";
        }
        if (seconds < 60) {
            return seconds == 1 ? "1 second" : seconds + " seconds";
        }
        if (minutes < 60) {
            return minutes == 1 ? "About a minute" : minutes + " minutes";
        }
        if (hours < 48) {
            return hours == 1 ? "About an hour" : hours + " hours";
        }
        if (hours < 24 * 7 * 2) {
            return hours / 24 + " days";
        }
        if (hours < 24 * 30 * 2) {
            return hours / 24 / 7 + " weeks";
        }
        return hours < 24 * 365 * 2 ? hours / 24 / 30 + " months" : hours / 24 / 365 + " years";
    }

    /// `2 minutes ago`.
    public static String ago(Instant then, Instant now) {
        return span(Duration.between(then, now)) + " ago";
    }

    /// As Go prints a time by itself: `2026-11-23 21:52:07.123456789 +0000 UTC`.
    public static String plain(Instant time) {
        return LONG.format(time.atZone(ZoneId.systemDefault()));
    }

    /// RFC 3339 with nine digits and the zone's offset, as log lines and inspect output have it.
    public static String stamp(Instant time) {
        return NANOS.format(time.atZone(ZoneId.systemDefault()));
    }
}
