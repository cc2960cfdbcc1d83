package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.PodStatus;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SupervisionTest {

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

    private static ContainerSpec restarting(RestartPolicy policy) {
        return Specs.with(Specs.container("web", "a"), Specs.policy(policy, false));
    }

    private void play(ContainerSpec container) throws InterruptedException {
        engine.plays.play(
                List.of(Specs.pod("web", List.of(container))), PlayOptions.DEFAULT, _ -> {});
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    private long starts(String name) {
        return engine.runtime.calls().stream().filter(("start " + name)::equals).count();
    }

    @Test
    void startsAnEndedContainerAgainAsItsPolicySays() throws InterruptedException {
        play(restarting(RestartPolicy.ALWAYS));
        engine.runtime.end("web-a", 0);
        until(() -> starts("web-a") == 2);
        until(() -> engine.containers.find("web-a").state().running());
        assertThat(engine.containers.find("web-a").state().restarts()).isEqualTo(1);
    }

    @Test
    void waitsBeforeTheSecondRestart() throws InterruptedException {
        play(restarting(RestartPolicy.ON_FAILURE));
        engine.runtime.end("web-a", 1);
        until(() -> starts("web-a") == 2);
        until(() -> engine.containers.find("web-a").state().running());
        engine.runtime.end("web-a", 1);
        until(engine.supervisor::hasPending);
        assertThat(engine.containers.find("web-a").state().status())
                .isEqualTo(ContainerStatus.EXITED);
    }

    @Test
    void leavesAContainerAloneThatTheUserStopped() throws InterruptedException {
        play(restarting(RestartPolicy.ALWAYS));
        engine.containers.stop(List.of("web-a"), StopOptions.DEFAULT);
        assertThat(engine.supervisor.hasPending()).isFalse();
        assertThat(starts("web-a")).isEqualTo(1);
        assertThat(engine.containers.find("web-a").state().status())
                .isEqualTo(ContainerStatus.EXITED);
    }

    @Test
    void letsTheInfraContainerGoWithTheLastOther() throws InterruptedException {
        play(restarting(RestartPolicy.NEVER));
        engine.runtime.end("web-a", 0);
        until(() -> engine.network.attached().isEmpty());
        until(() -> engine.pods.find("web").status() == PodStatus.EXITED);
        until(engine.kernel.namespaces::isEmpty);
    }

    @Test
    void removesAContainerAtItsEndAndKeepsItsExitCode() throws InterruptedException {
        var spec =
                Specs.solo(
                        Specs.with(
                                Specs.container("x", "job"),
                                Specs.policy(RestartPolicy.NEVER, true)));
        var id = engine.containers.create(spec, PlayOptions.DEFAULT, _ -> {});
        engine.containers.start(List.of(id));
        engine.runtime.end("x-job", 7);
        assertThat(engine.containers.waitFor(id, Set.of(ContainerStatus.EXITED))).isEqualTo(7);
        until(() -> engine.containers.list().isEmpty());
        assertThat(engine.containers.waitFor(id, Set.of(ContainerStatus.EXITED))).isEqualTo(7);
    }

    @Test
    void takesTheSameEndTwice() throws InterruptedException {
        play(restarting(RestartPolicy.NEVER));
        var id = engine.containers.find("web-a").id();
        engine.runtime.end("web-a", 5);
        engine.supervisor.ended(id);
        engine.supervisor.ended(id);
        engine.supervisor.ended("unknown");
        until(() -> engine.containers.find("web-a").state().exitCode() == 5);
    }
}
