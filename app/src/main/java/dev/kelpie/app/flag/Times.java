package dev.kelpie.app.flag;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Map;
import java.util.regex.Pattern;

/// Spans (`1h30m`, `10s`) and moments (RFC 3339, unix seconds, or a span ago) as typed.
public final class Times {
    private static final Pattern PART =
            Pattern.compile("(\\d{1,12}(?:\\.\\d{1,9})?)(ns|us|µs|ms|s|m|h)");
    private static final Map<String, Long> NANOS =
            Map.of(
                    "ns", 1L,
                    "us", 1_000L,
                    "µs", 1_000L,
                    "ms", 1_000_000L,
                    "s", 1_000_000_000L,
                    "m", 60_000_000_000L,
                    "h", 3_600_000_000_000L);

    private Times() {}

    /// A span in Go's way; a bare number counts seconds.
    public static Duration span(String flag, String text) {
        if (text.matches("\\d{1,9}")) {
            return Duration.ofSeconds(Long.parseLong(text));
        }
        var part = PART.matcher(text);
        var nanos = BigDecimal.ZERO;
        int at = 0;
        while (part.find() && part.start() == at) {
            var unit = BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L));
            nanos = nanos.add(new BigDecimal(part.group(1)).multiply(unit));
            at = part.end();
        }
        if (at == 0 || at < text.length() || nanos.precision() - nanos.scale() > 18) {
            throw invalid(flag, text, "not a span of time like 1m30s");
        }
        return Duration.ofNanos(nanos.longValue());
    }

    /// A moment: `2026-11-23T10:00:00Z`, with or without zone or time, unix seconds, or a span
    /// before `now`.
    public static Instant moment(String flag, String text, Instant now) {
        try {
            if (text.matches("\\d{8,12}(\\.\\d{1,9})?")) {
                var seconds = new BigDecimal(text);
                return Instant.ofEpochSecond(
                        seconds.longValue(),
                        seconds.remainder(BigDecimal.ONE).movePointRight(9).longValue());
            }
            if (text.matches("\\d{4}-\\d\\d-\\d\\d")) {
                return LocalDateTime.parse(text + "T00:00:00")
                        .atZone(ZoneId.systemDefault())
                        .toInstant();
            }
            if (text.matches("\\d{4}-\\d\\d-\\d\\d(Z|[+-]\\d\\d:\\d\\d)")) {
                var midnight = text.substring(0, 10) + "T00:00:00" + text.substring(10);
                return OffsetDateTime.parse(midnight).toInstant();
            }
            if (text.matches("\\d{4}-\\d\\d-\\d\\dT[\\d:.]+")) {
                return LocalDateTime.parse(text).atZone(ZoneId.systemDefault()).toInstant();
            }
            if (text.matches("\\d{4}-.*")) {
                return OffsetDateTime.parse(text).toInstant();
            }
        } catch (DateTimeException _) {
            throw invalid(flag, text, "not a time like 2026-11-23T10:00:00Z or 10m");
        }
        return now.minus(span(flag, text));
    }

    /// A moment that a span counts forward to: `30s` is in half a minute, `-30s` was before.
    public static Instant moment(String flag, String text, Instant now, boolean forward) {
        if (!forward || !text.matches("-?[\\d.]+[a-zµ].*")) {
            return moment(flag, text, now);
        }
        return text.startsWith("-")
                ? now.minus(span(flag, text.substring(1)))
                : now.plus(span(flag, text));
    }

    private static FlagException invalid(String flag, String text, String why) {
        return FlagException.syntax(
                "invalid argument \"" + text + "\" for \"" + flag + "\" flag: " + why);
    }
}
