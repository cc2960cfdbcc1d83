package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.InitContainerFailedException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.PodPhase;
import dev.kelpie.engine.report.Waiting;
import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.spec.InitOnce;
import dev.kelpie.engine.spec.Lifecycle;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.RestartRule;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The tables of Kubernetes' documentation: what follows when a container of a kind ends in a way.
@Timeout(60)
class LifecycleTest {

    @TempDir Path directory;

    private FakeEngine engine;

    @BeforeEach
    void open() throws InterruptedException {
        engine = FakeEngine.at(directory);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static ContainerSpec container(String name, ContainerPolicy policy) {
        return Specs.with(Specs.container("web", name), policy);
    }

    private static ContainerSpec container(String name, RestartPolicy policy) {
        return container(name, Specs.policy(policy, false));
    }

    private void play(PodSpec pod) throws InterruptedException {
        engine.plays.play(List.of(pod), PlayOptions.DEFAULT, _ -> {});
    }

    private static PodSpec pod(ContainerSpec... containers) {
        return Specs.pod("web", List.of(containers));
    }

    private static void until(Callable<Boolean> condition) throws InterruptedException {
        while (true) {
            try {
                if (condition.call()) {
                    return;
                }
            } catch (InterruptedException e) {
                throw e;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
            Thread.sleep(5);
        }
    }

    private long starts(String name) {
        return engine.runtime.calls().stream().filter(("start " + name)::equals).count();
    }

    /// Until it is in its N-th run: only then has the start that began it come to its end.
    private void untilRuns(String name, int times) throws InterruptedException {
        until(() -> starts(name) == times && engine.containers.find(name).state().running());
    }

    private PodPhase phase() {
        return engine.pods.find("web").state().phase();
    }

    private Optional<String> waiting(String name) {
        return engine.containers.find(name).state().standing().waiting().map(Waiting::reason);
    }

    @ParameterizedTest
    @CsvSource({
        "ALWAYS,     0, RUNNING",
        "ALWAYS,     1, RUNNING",
        "ON_FAILURE, 0, SUCCEEDED",
        "ON_FAILURE, 1, RUNNING",
        "NEVER,      0, SUCCEEDED",
        "NEVER,      1, FAILED",
    })
    void restartsAnEndedContainerAsItsPolicySays(RestartPolicy policy, int code, PodPhase phase)
            throws InterruptedException {
        play(pod(container("a", policy)));
        engine.runtime.end("web-a", code);
        if (phase == PodPhase.RUNNING) {
            until(() -> starts("web-a") == 2);
        }
        until(() -> phase() == phase);
        assertThat(starts("web-a")).isEqualTo(phase == PodPhase.RUNNING ? 2 : 1);
    }

    @ParameterizedTest
    @CsvSource({"42, 2", "0, 1", "7, 1"})
    void aRuleForAnExitCodeOverridesThePolicy(int code, int starts) throws InterruptedException {
        var rule = new RestartRule(true, List.of(42));
        var policy = Specs.policy(RestartPolicy.NEVER, false).withRestartRules(List.of(rule));
        play(pod(container("a", policy)));
        engine.runtime.end("web-a", code);
        until(() -> starts == 2 ? starts("web-a") == 2 : phase() != PodPhase.RUNNING);
        assertThat(starts("web-a")).isEqualTo(starts);
    }

    @Test
    void crashLoopsAreSaidToBe() throws InterruptedException {
        play(pod(container("a", RestartPolicy.ALWAYS)));
        engine.runtime.end("web-a", 1);
        untilRuns("web-a", 2);
        engine.runtime.end("web-a", 1);
        until(() -> waiting("web-a").isPresent());
        assertThat(waiting("web-a")).contains("CrashLoopBackOff");
        assertThat(phase()).isEqualTo(PodPhase.RUNNING);
        until(engine.supervisor::hasPending);
        assertThat(engine.pods.find("web").state().ready()).isFalse();
        var runs = engine.containers.find("web-a").state().standing().runs();
        assertThat(runs).hasSize(2).allMatch(run -> run.end().reason().equals("Error"));
    }

    /// Plays in the background, since that waits for the init containers.
    private Thread playing(PodSpec pod) {
        return Thread.startVirtualThread(() -> {
            try {
                play(pod);
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
    }

    private PodSpec withInit(RestartPolicy policy) {
        return Specs.withInit(pod(container("a", RestartPolicy.ALWAYS)), container("i", policy));
    }

    @Test
    void triesAnInitContainerAgainAtOnceAndThenHandsOver() throws InterruptedException {
        var playing = playing(withInit(RestartPolicy.ON_FAILURE));
        untilRuns("web-i", 1);
        engine.runtime.end("web-i", 3);
        untilRuns("web-i", 2);
        engine.runtime.end("web-i", 3);
        playing.join();
        assertThat(phase()).isEqualTo(PodPhase.PENDING);
        assertThat(waiting("web-i")).contains("CrashLoopBackOff");
        assertThat(waiting("web-a")).contains("PodInitializing");
        assertThat(starts("web-a")).isZero();
        until(engine.supervisor::hasPending);
        assertThat(engine.pods.find("web").state().holds("Initialized")).isFalse();
    }

    @Test
    void startsTheOthersOnceAnInitContainerHasEndedWell() throws InterruptedException {
        var playing = playing(withInit(RestartPolicy.ON_FAILURE));
        untilRuns("web-i", 1);
        engine.runtime.end("web-i", 3);
        untilRuns("web-i", 2);
        assertThat(starts("web-a")).isZero();
        engine.runtime.end("web-i", 0);
        playing.join();
        assertThat(starts("web-a")).isEqualTo(1);
        assertThat(engine.pods.find("web").state().ready()).isTrue();
    }

    @Test
    void initContainerThatRunsOnceIsNotRunAtTheNextStart() throws InterruptedException {
        var once = container("i", RestartPolicy.ON_FAILURE);
        var annotated = once.withAnnotation(InitOnce.ANNOTATION, "once");
        var playing = playing(Specs.withInit(pod(container("a", RestartPolicy.ALWAYS)), annotated));
        untilRuns("web-i", 1);
        engine.runtime.end("web-i", 0);
        playing.join();
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        engine.pods.start(List.of("web"));
        assertThat(starts("web-i")).isEqualTo(1);
        assertThat(starts("web-a")).isEqualTo(2);
        assertThat(engine.pods.find("web").state().holds("Initialized")).isTrue();
    }

    @Test
    void refusesAPlayWhoseInitContainerMayNotBeTriedAgain() {
        var ending =
                Thread.startVirtualThread(() -> {
                    try {
                        untilRuns("web-i", 1);
                        engine.runtime.end("web-i", 3);
                    } catch (InterruptedException _) {
                        Thread.currentThread().interrupt();
                    }
                });
        assertThatThrownBy(() -> play(withInit(RestartPolicy.NEVER)))
                .isInstanceOf(InitContainerFailedException.class);
        assertThat(ending.isAlive()).isFalse();
        assertThat(engine.pods.list()).isEmpty();
    }

    private static PodSpec withSidecar(RestartPolicy policy) {
        return Specs.withInit(
                pod(container("a", policy)),
                container("s1", RestartPolicy.ALWAYS),
                container("s2", RestartPolicy.ALWAYS));
    }

    @Test
    void startsSidecarsInOrderBeforeTheOthers() throws InterruptedException {
        play(withSidecar(RestartPolicy.NEVER));
        assertThat(engine.runtime.calls().stream().filter(call -> call.startsWith("start web")))
                .containsExactly("start web-s1", "start web-s2", "start web-a");
    }

    @Test
    void sidecarsDoNotHoldUpTheEndOfAJob() throws InterruptedException {
        play(withSidecar(RestartPolicy.NEVER));
        engine.runtime.end("web-a", 0);
        until(() -> engine.kernel.namespaces.isEmpty());
        assertThat(phase()).isEqualTo(PodPhase.SUCCEEDED);
        assertThat(engine.containers.find("web-s1").state().status())
                .isEqualTo(ContainerStatus.EXITED);
        assertThat(deletes()).containsSubsequence("delete web-s2", "delete web-s1");
    }

    @Test
    void sidecarsStartAgainWhileTheOthersRun() throws InterruptedException {
        play(withSidecar(RestartPolicy.NEVER));
        engine.runtime.end("web-s1", 0);
        until(() -> starts("web-s1") == 2);
        assertThat(phase()).isEqualTo(PodPhase.RUNNING);
    }

    @Test
    void sidecarsStartAgainWhileAnInitContainerRuns() throws InterruptedException {
        var playing =
                playing(
                        Specs.withInit(
                                pod(container("a", RestartPolicy.ALWAYS)),
                                container("s", RestartPolicy.ALWAYS),
                                container("i", RestartPolicy.ON_FAILURE)));
        untilRuns("web-i", 1);
        engine.runtime.end("web-s", 1);
        until(() -> starts("web-s") == 2);
        assertThat(starts("web-a")).isZero();
        engine.runtime.end("web-i", 0);
        playing.join();
        assertThat(starts("web-i")).isEqualTo(1);
        assertThat(starts("web-a")).isEqualTo(1);
    }

    @Test
    void sidecarsStopLastAndInReverse() throws InterruptedException {
        play(withSidecar(RestartPolicy.ALWAYS));
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        assertThat(deletes().subList(0, 3))
                .containsExactly("delete web-a", "delete web-s2", "delete web-s1");
    }

    private List<String> deletes() {
        return engine.runtime.calls().stream()
                .filter(call -> call.startsWith("delete web"))
                .toList();
    }

    @Test
    void startsOneAfterAnotherWhereAHookRuns() throws InterruptedException {
        var hook = new Handler.Sleep(Duration.ofMillis(1));
        var lifecycle = new Lifecycle(Optional.of(hook), Optional.of(hook), Optional.empty());
        play(
                pod(
                        container(
                                "a",
                                Specs.policy(RestartPolicy.NEVER, false).withLifecycle(lifecycle)),
                        container("b", RestartPolicy.NEVER)));
        assertThat(engine.runtime.calls())
                .containsSubsequence("start web-a", "create web-b", "start web-b");
    }

    @Test
    void keepsTheBackOffOverARestartOfTheService() throws InterruptedException {
        play(pod(container("a", RestartPolicy.ALWAYS)));
        engine.runtime.end("web-a", 1);
        untilRuns("web-a", 2);
        engine.runtime.end("web-a", 1);
        until(() -> waiting("web-a").isPresent());
        var again = engine.reopened(directory);
        try {
            until(again.supervisor::hasPending);
            assertThat(again.containers.find("web-a").state().standing().waiting()).isPresent();
            assertThat(starts("web-a")).isEqualTo(2);
            assertThat(again.pods.find("web").members())
                    .anyMatch(member -> member.kind() == ContainerKind.APP);
        } finally {
            again.supervisor.close();
        }
    }
}
