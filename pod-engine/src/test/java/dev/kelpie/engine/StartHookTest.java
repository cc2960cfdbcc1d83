package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.PodPhase;
import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.spec.Lifecycle;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.time.FakeTimers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StartHookTest {

    @TempDir Path directory;

    private final FakeTimers time = new FakeTimers(Instant.now());
    private FakeEngine engine;

    @BeforeEach
    void open() throws InterruptedException {
        engine = FakeEngine.at(directory, time);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static PodSpec stuck() {
        var hook = new Handler.Sleep(Duration.ofDays(1));
        var lifecycle = new Lifecycle(Optional.of(hook), Optional.empty(), Optional.empty());
        var policy = Specs.policy(RestartPolicy.NEVER, false).withLifecycle(lifecycle);
        return Specs.pod(
                "web",
                List.of(
                        Specs.with(Specs.container("web", "a"), policy),
                        Specs.container("web", "b")));
    }

    private Thread playing(PodSpec pod) throws InterruptedException {
        var thread =
                Thread.startVirtualThread(() -> {
                    try {
                        engine.plays.play(List.of(pod), PlayOptions.DEFAULT, _ -> {});
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    } catch (InvalidRequestException _) {
                        // told to stop
                    }
                });
        until(this::hookRuns);
        return thread;
    }

    /// Whether a start waits for it by now.
    private boolean hookRuns() {
        return engine.core.store.now().pods().keySet().stream().anyMatch(engine.core.locks::isLent);
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    @Test
    void onesThatNeverReturnHoldUpTheOthersForTwoMinutes() throws InterruptedException {
        var playing = playing(stuck());
        time.advance(Duration.ofSeconds(119));
        assertThat(playing.join(Duration.ofMillis(200))).isFalse();
        assertThat(engine.runtime.calls()).doesNotContain("start web-b");
        time.advance(Duration.ofSeconds(1));
        playing.join();
        assertThat(engine.runtime.calls()).contains("start web-b");
        assertThat(engine.pods.find("web").state().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(engine.supervisor.hasPending()).as("the service stays for it").isTrue();
    }

    @Test
    void aNeighbourThatCrashesAtALaterStartBringsNobodysTurnForward() throws InterruptedException {
        var always = Specs.policy(RestartPolicy.ALWAYS, false);
        var first = Specs.with(Specs.container("web", "first"), always);
        var last = Specs.with(Specs.container("web", "b"), always);
        var pod = stuck();
        var playing =
                playing(pod.withOtherContainers(List.of(first, pod.containers().getFirst(), last)));
        afterTheHook(playing);
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        var starting =
                Thread.startVirtualThread(() -> {
                    try {
                        engine.pods.start(List.of("web"));
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        until(() -> started("web-a") == 2 && hookRuns());
        engine.runtime.end("web-first", 1);
        while (started("web-first") < 3) {
            time.advance(Duration.ofSeconds(1));
            Thread.sleep(5);
        }
        assertThat(started("web-b")).isEqualTo(1);
        afterTheHook(starting);
        assertThat(started("web-b")).isEqualTo(2);
        assertThat(engine.containers.find("web-b").state().restarts()).isZero();
    }

    /// The hook may begin to wait only now.
    private void afterTheHook(Thread start) throws InterruptedException {
        while (!start.join(Duration.ofMillis(20))) {
            time.advance(Duration.ofMinutes(2));
        }
    }

    @Test
    void aNeighbourThatCrashesMeanwhileIsStartedAgain() throws InterruptedException {
        var pod = stuck();
        var always = Specs.policy(RestartPolicy.ALWAYS, false);
        var first = Specs.with(Specs.container("web", "first"), always);
        var playing =
                playing(
                        pod.withOtherContainers(
                                Stream.concat(Stream.of(first), pod.containers().stream())
                                        .toList()));
        crash("web-first", 2);
        afterTheHook(playing);
        assertThat(engine.pods.find("web").state().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(engine.containers.find("web-first").state().restarts()).isEqualTo(1);
    }

    private void crash(String container, int starts) throws InterruptedException {
        engine.runtime.end(container, 1);
        var ended = System.nanoTime();
        while (started(container) < starts) {
            time.advance(Duration.ofSeconds(1));
            Thread.sleep(5);
            assertThat(System.nanoTime() - ended)
                    .as("%s", engine.runtime.calls())
                    .isLessThan(20_000_000_000L);
        }
        assertThat(engine.runtime.calls()).doesNotContain("start web-b");
    }

    private long started(String container) {
        return engine.runtime.calls().stream().filter(("start " + container)::equals).count();
    }

    @Test
    void endOfTheContainerEndsTheWait() throws InterruptedException {
        var playing = playing(stuck());
        engine.runtime.end("web-a", 1);
        playing.join();
        assertThat(engine.runtime.calls()).contains("start web-b");
    }

    @Test
    void stopOfThePodTakesThePlayBack() throws InterruptedException {
        var playing = playing(stuck());
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        playing.join();
        assertThat(engine.pods.list()).isEmpty();
        assertThatThrownBy(() -> engine.containers.find("web-b")).isNotNull();
    }
}
