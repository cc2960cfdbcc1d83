package dev.kelpie.engine.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronScheduleTest {

    private static final ZoneId UTC = ZoneId.of("UTC");

    private static Optional<Instant> next(String schedule, String after, ZoneId zone) {
        return new CronSchedule(schedule).next(Instant.parse(after), zone);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "*/5 * * * *     | 2026-03-01T10:02:03Z | 2026-03-01T10:05:00Z",
                "*/5 * * * *     | 2026-03-01T10:05:00Z | 2026-03-01T10:10:00Z",
                "30 4 * * *      | 2026-03-01T10:02:03Z | 2026-03-02T04:30:00Z",
                "@hourly         | 2026-12-31T23:59:59Z | 2027-01-01T00:00:00Z",
                "0 0 29 2 *      | 2026-03-01T00:00:00Z | 2028-02-29T00:00:00Z",
                "0 9 * * mon-fri | 2026-03-06T09:00:00Z | 2026-03-09T09:00:00Z",
                "0 0 13 * 5      | 2026-03-01T00:00:00Z | 2026-03-06T00:00:00Z",
                "1,2 3 * JAN 0   | 2026-03-01T00:00:00Z | 2027-01-03T03:01:00Z",
                "10-20/5 1 * * ? | 2026-03-01T01:11:00Z | 2026-03-01T01:15:00Z",
                "50/4 1 * * *    | 2026-03-01T01:51:00Z | 2026-03-01T01:54:00Z",
                "@every 1h30m    | 2026-03-01T00:00:07Z | 2026-03-01T01:30:07Z",
            })
    void saysWhenItIsDueNext(String schedule, String after, Instant due) {
        assertThat(next(schedule, after, UTC)).contains(due);
    }

    @Test
    void thirtiethOfFebruaryNeverComes() {
        assertThat(next("0 0 30 2 *", "2026-03-01T00:00:00Z", UTC)).isEmpty();
    }

    /// 2026-03-03 is a Tuesday.
    @Test
    void everyDayLeavesTheWeekdayAlone() {
        assertThat(next("0 5 */1 * 1", "2026-03-03T00:00:00Z", UTC))
                .contains(Instant.parse("2026-03-09T05:00:00Z"));
    }

    @Test
    void hoursAreThoseOfTheZone() {
        assertThat(next("0 9 * * *", "2026-07-01T00:00:00Z", ZoneId.of("Europe/Berlin")))
                .contains(Instant.parse("2026-07-01T07:00:00Z"));
    }

    @Test
    void timeThatTheClocksSkipIsNotDue() {
        assertThat(next("30 2 * * *", "2026-03-28T23:30:00Z", ZoneId.of("Europe/Berlin")))
                .contains(Instant.parse("2026-03-30T00:30:00Z"));
    }

    @Test
    void ofManyMissedTimesTheLastCounts() {
        var now = Instant.parse("2026-03-01T10:07:00Z");
        var schedule = new CronSchedule("*/5 * * * *");
        assertThat(schedule.latest(now.minus(Duration.ofDays(900)), now, UTC))
                .contains(Instant.parse("2026-03-01T10:05:00Z"));
        assertThat(schedule.latest(now.minusSeconds(60), now, UTC)).isEmpty();
        assertThat(new CronSchedule("@every 1s").latest(now.minusSeconds(100_000_000), now, UTC))
                .contains(now);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "* * * *",
                "* * * * * *",
                "60 * * * *",
                "* 24 * * *",
                "* * 0 * *",
                "* * * 13 *",
                "* * * * 7",
                "*/0 * * * *",
                "5-1 * * * *",
                "1-2-3 * * * *",
                "1/2/3 * * * *",
                "x * * * *",
                "1, * * * *",
                "@never",
                "@every",
                "@every 0s",
                "@every -1h",
                "@every soon",
            })
    void refusesWhatIsNoSchedule(String text) {
        assertThatThrownBy(() -> new CronSchedule(text))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
