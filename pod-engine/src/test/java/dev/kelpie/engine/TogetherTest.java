package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Commands that meet each other on one pod.
@Timeout(60)
class TogetherTest {

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

    private void play(PodSpec pod) throws InterruptedException {
        engine.plays.play(List.of(pod), PlayOptions.DEFAULT, _ -> {});
    }

    private FutureTask<Boolean> inBackground(PodSpec pod) {
        var task =
                new FutureTask<>(() -> {
                    engine.plays.play(List.of(pod), PlayOptions.DEFAULT.withReplace(true), _ -> {});
                    return true;
                });
        Thread.startVirtualThread(task);
        return task;
    }

    private Optional<PodRow> making() {
        return engine.core.store.now().pods().values().stream()
                .filter(pod -> pod.phase() == Phase.MAKING)
                .findFirst();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    private void assertNoSandboxIsLeft() {
        assertThat(engine.core.store.now().addresses()).isEmpty();
        assertThat(engine.runtime.containers()).isEmpty();
        assertThat(engine.network.attached()).isEmpty();
        assertThat(engine.kernel.mounted).isEmpty();
        assertThat(engine.kernel.namespaces).isEmpty();
        assertThat(directory.resolve("run/pods")).isEmptyDirectory();
    }

    @Test
    void aPodRemovedBeforeItsPlayCameToStartItIsNotStarted() throws InterruptedException {
        play(Specs.pod("web", "a"));
        var old = engine.pods.find("web").id();
        FutureTask<Boolean> play;
        try (var _ = engine.core.locks.take(old)) {
            play = inBackground(Specs.pod("web", "a", "b")); // waits to stop the old one
            until(() -> making().isPresent());
            engine.pods.remove(List.of(making().orElseThrow().id()), RemoveOptions.FORCE);
        }
        assertThatThrownBy(play::get).hasCauseInstanceOf(InvalidRequestException.class);
        assertThat(engine.pods.find("web").id()).isEqualTo(old);
        engine.pods.remove(List.of(old), RemoveOptions.FORCE);
        assertNoSandboxIsLeft();
    }

    @Test
    void aPlayDoesNotCallBackAPodToldToGoWhileItStarted() throws InterruptedException {
        var init = Specs.container("web", "init");
        var play = inBackground(Specs.withInit(Specs.pod("web", "a"), init));
        until(() -> engine.runtime.calls().contains("start web-init"));
        engine.supervisor.remover().wish(List.of(making().orElseThrow().id()));
        engine.runtime.end("web-init", 0);
        assertThatThrownBy(play::get)
                .cause()
                .hasMessage("start of pod 'web' was given up: it was removed meanwhile");
        assertThat(engine.pods.list()).isEmpty();
        assertNoSandboxIsLeft();
    }

    @Test
    void aStartThatWaitedForARemovalMakesNothing() throws InterruptedException {
        play(Specs.pod("web", "a"));
        var state = engine.core.store.now();
        var job = Starter.whole(engine.core, state.podNamed("web").orElseThrow());
        engine.pods.remove(List.of("web"), RemoveOptions.FORCE);
        assertThatThrownBy(() -> engine.supervisor.starter().up(List.of(job)))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("'web'");
        assertNoSandboxIsLeft();
    }

    @Test
    void aContainerRemovedMeanwhileIsNotStarted() throws InterruptedException {
        play(Specs.pod("web", "a", "b"));
        var state = engine.core.store.now();
        var job = Starter.whole(engine.core, state.podNamed("web").orElseThrow());
        engine.containers.remove(List.of("web-b"), RemoveOptions.FORCE);
        assertThatThrownBy(() -> engine.supervisor.starter().up(List.of(job)))
                .isInstanceOf(ContainerNotFoundException.class);
        assertThat(engine.runtime.containers()).hasSize(1);
    }
}
