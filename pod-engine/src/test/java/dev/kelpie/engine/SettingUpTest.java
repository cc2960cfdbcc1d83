package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.Outcome;
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
class SettingUpTest {
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

    private Outcome setUp(PodSpec pod) throws InterruptedException {
        engine.plays.play(List.of(pod), PlayOptions.DEFAULT.withStart(false), _ -> {});
        return engine.containers.init(List.of("web-a")).getFirst();
    }

    private void assertDown() {
        assertThat(engine.core.store.now().pods().values()).noneMatch(PodRow::running);
        assertThat(engine.core.sandboxes.isAlive(engine.pods.find("web").id())).isFalse();
    }

    @Test
    void onlyItsCommandIsToBeLetGo() throws InterruptedException {
        assertThat(setUp(Specs.pod("web", "a")).failure()).isEmpty();
        assertThat(engine.runtime.calls()).contains("create web-a").doesNotContain("start web-a");
    }

    @Test
    void initContainersComeFirstAndNothingIsMade() throws InterruptedException {
        var pod = Specs.withInit(Specs.pod("web", "a"), Specs.container("web", "first"));
        assertThat(setUp(pod).failure())
                .get()
                .isInstanceOf(InvalidRequestException.class)
                .asString()
                .contains("has init containers");
        assertThat(engine.runtime.calls()).isEmpty();
        assertDown();
    }

    @Test
    void nothingStaysOfOneThatCouldNotBeMade() throws InterruptedException {
        engine.runtime.failCreateOf("web-a");
        assertThat(setUp(Specs.pod("web", "a")).failure()).isPresent();
        assertDown();
    }
}
