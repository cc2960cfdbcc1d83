package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.PodAction;
import dev.kelpie.engine.report.PodPhase;
import dev.kelpie.engine.report.PodSummary;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.state.PodRow;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class GatedTest {

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

    private static PodSpec gated(PodSpec pod) {
        return new PodSpec(
                pod.metadata(),
                List.of(),
                pod.containers(),
                List.of(),
                pod.network(),
                pod.sharing(),
                pod.policy().withSchedulingGates(List.of("example.com/wait")),
                pod.security());
    }

    private PodAction play(PodSpec pod) throws InterruptedException {
        return engine.plays
                .play(List.of(pod), PlayOptions.DEFAULT, _ -> {})
                .pods()
                .getFirst()
                .action();
    }

    private PodSummary pod() {
        return engine.pods.find("web");
    }

    @Test
    void isMadeButNotStarted() throws InterruptedException {
        play(gated(Specs.pod("web", "a")));
        assertThat(engine.runtime.calls()).isEmpty();
        assertThat(pod().state().phase()).isEqualTo(PodPhase.PENDING);
        assertThat(pod().state().reason()).isEqualTo("SchedulingGated");
        assertThat(pod().state().conditions())
                .singleElement()
                .satisfies(only -> assertThat(only.reason()).isEqualTo("SchedulingGated"));
    }

    @Test
    void staysSoWhenItIsPlayedAgainOrStarted() throws InterruptedException {
        play(gated(Specs.pod("web", "a")));
        assertThat(play(gated(Specs.pod("web", "a")))).isEqualTo(PodAction.KEEP);
        var started = engine.pods.start(List.of("web")).getFirst();
        assertThat(started.failure()).get().asString().contains("example.com/wait");
        assertThatThrownBy(() -> engine.containers.startAttached("web-a"))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(engine.runtime.calls()).isEmpty();
    }

    @Test
    void cannotBeSetUpByItself() throws InterruptedException {
        play(gated(Specs.pod("web", "a")));
        var ready = engine.containers.init(List.of("web-a")).getFirst();
        assertThat(ready.failure()).get().asString().contains("example.com/wait");
        assertThat(engine.core.store.now().pods().values()).noneMatch(PodRow::running);
        assertThat(engine.core.sandboxes.isAlive(pod().id())).isFalse();
    }

    @Test
    void runsOnceItIsPlayedWithoutGates() throws InterruptedException {
        play(gated(Specs.pod("web", "a")));
        assertThat(play(Specs.pod("web", "a"))).isEqualTo(PodAction.REPLACE);
        assertThat(engine.containers.find("web-a").state().running()).isTrue();
        assertThat(engine.pods.list()).hasSize(1);
    }
}
