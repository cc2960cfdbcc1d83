package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.report.CronSummary;
import dev.kelpie.engine.report.PodPhase;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.engine.spec.CronSchedule;
import dev.kelpie.engine.spec.CronSpec;
import dev.kelpie.engine.spec.CronSpec.Concurrency;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.time.FakeTimers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CronsTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @TempDir Path directory;

    private final FakeTimers time = new FakeTimers(Instant.parse("2026-03-01T10:00:00Z"));
    private FakeEngine engine;

    @BeforeEach
    void open() throws InterruptedException {
        engine = FakeEngine.at(directory, time);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static CronSpec hourly(Concurrency concurrency, Optional<Duration> deadline) {
        var pod = Specs.pod("tick-" + CronSpec.PLACE + "-pod", "c");
        return new CronSpec(
                Metadata.of("tick"),
                new CronSchedule("@every 1h"),
                Optional.of(ZoneId.of("UTC")),
                concurrency,
                false,
                deadline,
                new CronSpec.History(1, 1),
                List.of(pod.withLabel(CronSpec.LABEL, "tick")));
    }

    private void play(CronSpec cron) throws InterruptedException {
        engine.plays.play(
                new PlaySpec(List.of(), List.of(), List.of(), List.of(), List.of(cron), List.of()),
                PlayOptions.DEFAULT,
                _ -> {});
        engine.crons.look();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    private CronSummary only() {
        return engine.crons.list().getFirst();
    }

    private List<String> pods() {
        return engine.pods.list().stream().map(PodSummary::name).toList();
    }

    /// Lets an hour pass; what is due then has been dealt with when this returns.
    private void passAnHour() throws InterruptedException {
        var before = only().last();
        time.advance(HOUR);
        assertThat(only().last()).isNotEqualTo(before);
    }

    private void end(int code) throws InterruptedException {
        var running =
                engine.containers.list().stream()
                        .filter(each -> each.state().running())
                        .filter(each -> each.name().endsWith("-c"))
                        .findFirst()
                        .orElseThrow();
        engine.runtime.end(running.name(), code);
        until(() ->
                !engine.containers.exists(running.id())
                        || !engine.containers.find(running.id()).state().running());
    }

    @Test
    void makesPodsNamedByTheirTime() throws InterruptedException {
        play(hourly(Concurrency.ALLOW, Optional.empty()));
        assertThat(pods()).isEmpty();
        passAnHour();
        assertThat(pods()).singleElement().asString().matches("tick-[0-9]{8}-pod");
        assertThat(only().active()).isEqualTo(pods());
        assertThat(engine.crons.hasPending()).isTrue();
    }

    @Test
    void runWhoseImageCannotBeHadWaitsForIt() throws InterruptedException {
        play(hourly(Concurrency.FORBID, Optional.empty()));
        engine.images.missing.add(Specs.IMAGE);
        engine.images.unreachable.add(Specs.IMAGE);
        passAnHour();
        assertThat(only().active()).hasSize(1).isEqualTo(pods());
        engine.images.unreachable.clear();
        time.advance(Duration.ofSeconds(10));
        assertThat(engine.pods.list().getFirst().state().phase()).isEqualTo(PodPhase.RUNNING);
    }

    @Test
    void runThatCannotBeMadeIsTriedAgain() throws InterruptedException {
        play(hourly(Concurrency.ALLOW, Optional.empty()));
        engine.network.failNextAttach("no cable");
        time.advance(HOUR);
        assertThat(pods()).isEmpty();
        assertThat(only().last()).isEmpty();
        time.advance(Duration.ofMinutes(1));
        assertThat(pods()).hasSize(1);
        assertThat(only().last()).isPresent();
    }

    private long starts() {
        return engine.runtime.calls().stream().filter(call -> call.startsWith("start ")).count();
    }

    @Test
    void runThatIsOverIsNotMadeAgainByALook() throws InterruptedException {
        play(hourly(Concurrency.ALLOW, Optional.empty()));
        passAnHour();
        end(0);
        var made = starts();
        engine.crons.look();
        time.advance(Duration.ofMinutes(1));
        assertThat(starts()).isEqualTo(made);
    }

    @Test
    void allowedRunsGoOnSideBySide() throws InterruptedException {
        play(hourly(Concurrency.ALLOW, Optional.empty()));
        passAnHour();
        passAnHour();
        assertThat(only().active()).hasSize(2);
    }

    @Test
    void forbiddenRunIsLeftOut() throws InterruptedException {
        play(hourly(Concurrency.FORBID, Optional.empty()));
        passAnHour();
        var first = pods();
        passAnHour();
        assertThat(pods()).isEqualTo(first);
    }

    @Test
    void newRunTakesThePlaceOfTheOld() throws InterruptedException {
        play(hourly(Concurrency.REPLACE, Optional.empty()));
        passAnHour();
        var first = pods();
        passAnHour();
        assertThat(pods()).hasSize(1).isNotEqualTo(first);
    }

    @Test
    void runsThatAreOverGoButForTheLastOfEachKind() throws InterruptedException {
        play(hourly(Concurrency.ALLOW, Optional.empty()));
        for (int code : new int[] {0, 1, 0, 1}) {
            passAnHour();
            end(code);
        }
        until(() -> pods().size() == 2);
        assertThat(only().active()).isEmpty();
    }

    @Test
    void lastMissedRunIsMadeUpForAfterTheServiceWasAway() throws InterruptedException {
        play(hourly(Concurrency.ALLOW, Optional.empty()));
        engine.close();
        time.advance(HOUR.multipliedBy(5).plusMinutes(7));
        engine = engine.reopenedAfterClose(directory);
        time.advance(Duration.ZERO);
        assertThat(pods()).hasSize(1);
        assertThat(only().last()).contains(time.instant().minus(Duration.ofMinutes(7)));
    }

    @Test
    void runThatIsTooLateIsLeftOut() throws InterruptedException {
        play(hourly(Concurrency.ALLOW, Optional.of(Duration.ofMinutes(5))));
        engine.close();
        time.advance(HOUR.plusMinutes(7));
        engine = engine.reopenedAfterClose(directory);
        time.advance(Duration.ZERO);
        assertThat(only().last()).isPresent();
        assertThat(pods()).isEmpty();
    }

    @Test
    void suspendedOneDoesNothing() throws InterruptedException {
        var cron = hourly(Concurrency.ALLOW, Optional.empty());
        play(
                new CronSpec(
                        cron.metadata(),
                        cron.schedule(),
                        cron.timeZone(),
                        cron.concurrency(),
                        true,
                        Optional.empty(),
                        cron.history(),
                        cron.pods()));
        assertThat(engine.crons.hasPending()).isFalse();
        assertThat(only().next()).isEmpty();
    }
}
