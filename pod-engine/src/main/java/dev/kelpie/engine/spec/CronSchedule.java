package dev.kelpie.engine.spec;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// When something is due, as crontab(5) and the CronJobs of Kubernetes say it: five fields, or a
/// word like `@hourly`, or `@every 90m`. A local time that a change of clocks skips is not due.
///
/// @param text as it was written
public record CronSchedule(String text) {

    /// What never comes within this time never comes.
    private static final int YEARS = 5;

    private static final Map<String, String> WORDS =
            Map.of(
                    "@yearly", "0 0 1 1 *",
                    "@annually", "0 0 1 1 *",
                    "@monthly", "0 0 1 * *",
                    "@weekly", "0 0 * * 0",
                    "@daily", "0 0 * * *",
                    "@midnight", "0 0 * * *",
                    "@hourly", "0 * * * *");

    private static final String EVERY = "@every ";
    private static final Duration LONGEST = Duration.ofDays(3650);

    /// One field: its name, its bounds, and the words for its values.
    private enum Unit {
        MINUTE("minute", 0, 59, ""),
        HOUR("hour", 0, 23, ""),
        DAY("day of month", 1, 31, ""),
        MONTH("month", 1, 12, "jan feb mar apr may jun jul aug sep oct nov dec"),
        WEEKDAY("day of week", 0, 6, "sun mon tue wed thu fri sat");

        private final String name;
        private final int first;
        private final int last;
        private final String words;

        Unit(String name, int first, int last, String words) {
            this.name = name;
            this.first = first;
            this.last = last;
            this.words = words;
        }

        private int number(String text) {
            int word = List.of(words.split(" ", -1)).indexOf(text.toLowerCase(Locale.ROOT));
            int number =
                    word >= 0 && !text.isEmpty()
                            ? first + word
                            : text.matches("\\d{1,3}") ? Integer.parseInt(text) : -1;
            if (number < first || number > last) {
                throw new IllegalArgumentException(
                        name + " must be " + first + "-" + last + ", was '" + text + "'");
            }
            return number;
        }
    }

    /// A field's values; `any` where it says nothing.
    private record Field(BitSet values, boolean any) {
        boolean has(int value) {
            return values.get(value);
        }
    }

    /// @throws IllegalArgumentException saying what is wrong with it
    public CronSchedule {
        if (text.startsWith(EVERY)) {
            var _ = interval(text);
        } else {
            var _ = fields(text);
        }
    }

    private static List<Field> fields(String text) {
        var parts = WORDS.getOrDefault(text, text).strip().split("\\s+", -1);
        if (parts.length != Unit.values().length) {
            throw new IllegalArgumentException(
                    "must be 5 fields (minute, hour, day of month, month, day of week) or one of"
                            + " @hourly, @daily, @weekly, @monthly, @yearly, was '"
                            + text
                            + "'");
        }
        var fields = new ArrayList<Field>();
        for (var unit : Unit.values()) {
            fields.add(field(unit, parts[fields.size()]));
        }
        return fields;
    }

    private static Field field(Unit unit, String text) {
        var values = new BitSet();
        var any = false;
        for (var part : text.split(",", -1)) {
            any |= part.matches("[*?](/1)?");
            add(unit, part, values);
        }
        return new Field(values, any);
    }

    private static void add(Unit unit, String part, BitSet values) {
        var slash = part.split("/", -1);
        if (slash.length > 2) {
            throw new IllegalArgumentException(unit.name + " has two steps in '" + part + "'");
        }
        int step = slash.length == 1 ? 1 : step(unit, slash[1]);
        var range = slash[0].split("-", -1);
        int first = unit.first;
        int last = unit.last;
        if (!slash[0].equals("*") && !slash[0].equals("?")) {
            if (range.length > 2) {
                throw new IllegalArgumentException(unit.name + " is no range: '" + part + "'");
            }
            first = unit.number(range[0]);
            last = range.length == 2 ? unit.number(range[1]) : slash.length == 2 ? last : first;
        }
        if (first > last) {
            throw new IllegalArgumentException(
                    unit.name + " ends before it begins: '" + part + "'");
        }
        for (int i = first; i <= last; i += step) {
            values.set(i);
        }
    }

    private static int step(Unit unit, String text) {
        if (!text.matches("[1-9]\\d{0,2}")) {
            throw new IllegalArgumentException(
                    "step of " + unit.name + " must be a number from 1, was '" + text + "'");
        }
        return Integer.parseInt(text);
    }

    private static Duration interval(String text) {
        var written = text.substring(EVERY.length()).strip();
        try {
            var interval = Duration.parse("PT" + written.toUpperCase(Locale.ROOT));
            if (interval.compareTo(Duration.ofSeconds(1)) >= 0
                    && interval.compareTo(LONGEST) <= 0) {
                return interval.truncatedTo(ChronoUnit.SECONDS);
            }
        } catch (java.time.format.DateTimeParseException _) {
            // said below
        }
        throw new IllegalArgumentException(
                "must be a time after '@every', like 1h30m, was '" + written + "'");
    }

    /// The first time after this one when it is due; empty for what never comes (30 February).
    public Optional<Instant> next(Instant after, ZoneId zone) {
        if (text.startsWith(EVERY)) {
            return Optional.of(after.truncatedTo(ChronoUnit.SECONDS).plus(interval(text)));
        }
        var fields = fields(text);
        var time = after.atZone(zone).truncatedTo(ChronoUnit.MINUTES).plusMinutes(1);
        var end = time.plusYears(YEARS);
        while (time.isBefore(end)) {
            if (!fields.get(3).has(time.getMonthValue())) {
                time = time.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1).plusMonths(1);
            } else if (!isDay(fields, time)) {
                time = time.truncatedTo(ChronoUnit.DAYS).plusDays(1);
            } else if (!fields.get(1).has(time.getHour())) {
                time = time.truncatedTo(ChronoUnit.HOURS).plusHours(1);
            } else if (!fields.get(0).has(time.getMinute())) {
                time = time.plusMinutes(1);
            } else {
                return Optional.of(time.toInstant());
            }
        }
        return Optional.empty();
    }

    /// Where both kinds of day are restricted, either will do.
    private static boolean isDay(List<Field> fields, ZonedDateTime time) {
        var day = fields.get(2);
        var weekday = fields.get(4);
        var byDay = day.has(time.getDayOfMonth());
        var byWeekday =
                weekday.has(
                        time.getDayOfWeek() == DayOfWeek.SUNDAY
                                ? 0
                                : time.getDayOfWeek().getValue());
        var oneRestricted = day.any() || weekday.any();
        return oneRestricted ? (byDay && byWeekday) : (byDay || byWeekday);
    }

    /// The last time until `now`, after `since`, when it was due.
    public Optional<Instant> latest(Instant since, Instant now, ZoneId zone) {
        if (text.startsWith(EVERY)) {
            var first = since.truncatedTo(ChronoUnit.SECONDS);
            var times = Duration.between(first, now).dividedBy(interval(text));
            return times < 1
                    ? Optional.empty()
                    : Optional.of(first.plus(interval(text).multipliedBy(times)));
        }
        var found = Optional.<Instant>empty();
        var due = next(near(since, now, zone), zone);
        while (due.isPresent() && !due.get().isAfter(now)) {
            found = due;
            due = next(due.get(), zone);
        }
        return found;
    }

    /// Shortly before it was due last: after a long sleep of a frequent schedule only the end
    /// counts.
    private Instant near(Instant since, Instant now, ZoneId zone) {
        for (int hours = 1; hours <= 4096; hours *= 8) {
            var near = now.minus(Duration.ofHours(hours));
            if (near.isAfter(since) && next(near, zone).filter(t -> !t.isAfter(now)).isPresent()) {
                return near;
            }
        }
        return since;
    }
}
