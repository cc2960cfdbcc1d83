package dev.kelpie.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.report.Health;
import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.spec.HealthCheck;
import dev.kelpie.engine.spec.Probe;
import dev.kelpie.engine.spec.Probes;
import dev.kelpie.engine.time.FakeTimers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The kubelet's rules for when a probe is asked and what follows, on virtual time.
class ProbeRunTest {

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final FakeTimers timers = new FakeTimers(NOON);
    private final List<String> asked = new ArrayList<>();
    private final List<String> failed = new ArrayList<>();
    private final Set<String> failing = new HashSet<>();
    private ProbeBook written = ProbeBook.EMPTY;

    private static Probe probe(String name, int delay, int period, int failures) {
        return new Probe(
                new Handler.Exec(List.of(name)),
                Duration.ofSeconds(delay),
                Duration.ofSeconds(1),
                Duration.ofSeconds(period),
                1,
                failures,
                Optional.empty());
    }

    private static Probes probes(
            @Nullable Probe startup, @Nullable Probe liveness, @Nullable Probe readiness) {
        return new Probes(
                Optional.ofNullable(startup),
                Optional.ofNullable(liveness),
                Optional.ofNullable(readiness),
                HealthCheck.OFF);
    }

    private ProbeRun run(Probes probes, ProbeBook book) {
        var run =
                new ProbeRun(
                        probes,
                        NOON,
                        book,
                        timers,
                        (question, _) -> answer((Handler.Exec) question),
                        new ProbeRun.Reader() {
                            @Override
                            public void wrote(ProbeBook now) {
                                written = now;
                            }

                            @Override
                            public void failed(ProbeKind kind, Probe probe, Answer answer) {
                                failed.add(kind.word() + "@" + seconds());
                            }
                        });
        run.start();
        return run;
    }

    private ProbeRun run(Probes probes) {
        return run(probes, ProbeBook.EMPTY);
    }

    private Answer answer(Handler.Exec question) {
        var name = question.command().getLast();
        asked.add(name + "@" + seconds());
        return failing.contains(name) ? Answer.failed("no") : Answer.passed("");
    }

    private long seconds() {
        return Duration.between(NOON, timers.instant()).toSeconds();
    }

    private void pass(int seconds) throws InterruptedException {
        timers.advance(Duration.ofSeconds(seconds));
    }

    @Test
    void asksAfterTheInitialDelayAndThenEachPeriod() throws InterruptedException {
        run(probes(null, null, probe("ready", 5, 10, 3)));
        pass(30);
        assertThat(asked).containsExactly("ready@5", "ready@15", "ready@25");
        assertThat(failed).isEmpty();
    }

    @Test
    void isReadyOnlyOnceTheProbeHasPassed() throws InterruptedException {
        var wanted = probes(null, null, probe("ready", 0, 1, 3));
        failing.add("ready");
        var run = run(wanted);
        pass(2);
        assertThat(run.book().ready(wanted)).isFalse();
        assertThat(run.book().health(wanted).status()).isEqualTo(Health.UNHEALTHY);
        failing.clear();
        pass(1);
        assertThat(run.book().ready(wanted)).isTrue();
        assertThat(run.book().health(wanted).status()).isEqualTo(Health.HEALTHY);
    }

    @Test
    void asksNothingElseBeforeTheStartupProbeHasPassed() throws InterruptedException {
        failing.add("up");
        var wanted = probes(probe("up", 0, 10, 5), probe("live", 0, 3, 1), probe("ready", 0, 3, 1));
        var run = run(wanted);
        pass(15);
        assertThat(asked).containsExactly("up@0", "up@10");
        assertThat(run.book().started(wanted)).isFalse();
        failing.clear();
        pass(5);
        assertThat(asked).contains("up@20", "live@20", "ready@20");
        pass(3);
        assertThat(asked).endsWith("live@23", "ready@23").doesNotContain("up@30");
        assertThat(run.book().ready(wanted)).isTrue();
    }

    @Test
    void givesAContainerUpWhoseStartupProbeNeverPasses() throws InterruptedException {
        failing.add("up");
        run(probes(probe("up", 0, 10, 3), null, null));
        pass(60);
        assertThat(failed).containsExactly("startup@20");
        assertThat(asked).hasSize(3);
    }

    @Test
    void givesAContainerUpAfterSoManyFailuresInARow() throws InterruptedException {
        run(probes(null, probe("live", 0, 10, 3), null));
        pass(5);
        failing.add("live");
        pass(15);
        failing.clear();
        pass(10);
        failing.add("live");
        pass(100);
        assertThat(failed).containsExactly("liveness@60");
        assertThat(asked).endsWith("live@60");
    }

    @Test
    void neverEndsAContainerThatIsOnlyNotReady() throws InterruptedException {
        failing.add("ready");
        run(probes(null, null, probe("ready", 0, 1, 1)));
        pass(10);
        assertThat(asked).hasSize(11);
    }

    @Test
    void countsOnWhereAnEarlierProcessWas() throws InterruptedException {
        failing.add("live");
        var wanted = probes(null, probe("live", 0, 10, 3), null);
        var first = run(wanted);
        pass(15);
        first.close();
        run(wanted, written);
        pass(0);
        assertThat(failed).containsExactly("liveness@15");
    }

    @Test
    void tellsAgainOfAFailureThatNobodyActedOn() throws InterruptedException {
        failing.add("live");
        var wanted = probes(null, probe("live", 0, 10, 1), null);
        run(wanted).close();
        pass(0);
        var lost =
                ProbeBook.EMPTY.with(
                        ProbeKind.LIVENESS,
                        new Tally(false, 1, Verdict.FAILED),
                        new dev.kelpie.engine.report.ProbeResult("liveness", NOON, NOON, 1, "no"),
                        5);
        run(wanted, lost);
        assertThat(failed).containsExactly("liveness@0");
    }

    @Test
    void forgivesFailuresInTheStartPeriodOfAHealthCheck() throws InterruptedException {
        failing.add("ok");
        var check =
                new HealthCheck(
                        List.of("CMD", "ok"),
                        Optional.of(Duration.ofSeconds(10)),
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(25)),
                        Optional.of(2),
                        HealthCheck.OnFailure.KILL,
                        Optional.empty(),
                        HealthCheck.HealthLog.USUAL);
        var wanted = Probes.ofHealth(check);
        var run = run(wanted);
        pass(25);
        assertThat(run.book().health(wanted).status()).isEqualTo(Health.STARTING);
        pass(20);
        assertThat(run.book().health(wanted).status()).isEqualTo(Health.UNHEALTHY);
        assertThat(run.book().health(wanted).failingStreak()).isEqualTo(2);
        assertThat(failed).containsExactly("health@40");
        assertThat(run.book().log()).hasSize(5);
    }

    @Test
    void asksAHealthCheckOnDemandToo() throws InterruptedException {
        var check =
                new HealthCheck(
                        List.of("CMD", "ok"),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        HealthCheck.OnFailure.NONE,
                        Optional.empty(),
                        HealthCheck.HealthLog.USUAL);
        var run = run(Probes.ofHealth(check));
        assertThat(run.askHealth().orElseThrow().passed()).isTrue();
        assertThat(run(probes(null, null, null)).askHealth()).isEmpty();
    }
}
