package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.runtime.HostException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AdjustingTest {
    private static final Resources SMALL =
            new Resources(
                    Resources.Amounts.NONE,
                    new Resources.Amounts(OptionalLong.of(500), OptionalLong.of(64 << 20)),
                    OptionalLong.of(7));

    @TempDir Path directory;

    private FakeEngine engine;
    private String id = "";

    @BeforeEach
    void create() throws InterruptedException {
        engine = FakeEngine.at(directory);
        var spec = Specs.solo(Specs.container("web", "a"));
        id = engine.containers.create(spec, PlayOptions.DEFAULT, _ -> {});
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private ContainerSpec spec() {
        return engine.containers.find(id).spec();
    }

    @Test
    void isForTheNextStartWhenItDoesNotRun() throws InterruptedException {
        engine.containers.adjust(id, spec -> spec.withResources(SMALL));
        assertThat(spec().resources()).isEqualTo(SMALL);
        assertThat(engine.containers.inspect(id).podSpec().containers().getFirst())
                .isEqualTo(spec());
        assertThat(engine.runtime.calls()).noneMatch(call -> call.startsWith("update"));
    }

    @Test
    void isForNowWhenItRuns() throws InterruptedException {
        engine.containers.start(List.of(id));
        engine.containers.adjust(id, spec -> spec.withResources(SMALL));
        assertThat(engine.runtime.calls()).endsWith("update web-a");
        engine.containers.adjust(
                id, spec -> spec.withPolicy(spec.policy().withRestart(RestartPolicy.ALWAYS, 0)));
        assertThat(engine.runtime.calls()).filteredOn("update web-a"::equals).hasSize(1);
        assertThat(spec().policy().restartPolicy()).isEqualTo(RestartPolicy.ALWAYS);
    }

    @Test
    void leavesNothingWhenTheKernelRefuses() throws InterruptedException {
        var before = spec();
        engine.containers.start(List.of(id));
        engine.runtime.failUpdateOf("web-a");
        assertThatThrownBy(() -> engine.containers.adjust(id, spec -> spec.withResources(SMALL)))
                .isInstanceOf(HostException.class);
        assertThat(spec()).isEqualTo(before);
    }

    @Test
    void tellsWhoKeepsAContainerBeforeItsCommandRuns() throws InterruptedException {
        engine.containers.start(
                id,
                keeper -> {
                    assertThat(keeper).isPositive();
                    assertThat(engine.runtime.calls()).doesNotContain("start web-a");
                });
        assertThat(engine.runtime.calls()).contains("start web-a");
    }
}
