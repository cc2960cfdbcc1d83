package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RemovalOrderTest {
    @TempDir Path directory;

    private FakeEngine engine;
    private String second = "";
    private String third = "";

    @BeforeEach
    void create() throws InterruptedException {
        engine = FakeEngine.at(directory);
        var first = create("a", List.of());
        second = create("b", List.of(first));
        third = create("c", List.of(second));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private String create(String name, List<String> requires) throws InterruptedException {
        var spec = Specs.container("x", name);
        var lifecycle = spec.policy().lifecycle();
        var policy =
                spec.policy()
                        .withLifecycle(
                                lifecycle.withManner(lifecycle.manner().withRequires(requires)));
        return engine.containers.create(
                Specs.solo(Specs.with(spec, policy)), PlayOptions.DEFAULT, _ -> {});
    }

    @Test
    void thoseThatNeedOthersGoFirst() {
        assertThat(engine.containers.removalOrder(List.of("x-a", "x-b", "none", "x-c"), false))
                .containsExactly(List.of("none", "x-c"), List.of("x-b"), List.of("x-a"));
    }

    @Test
    void dependentsGoTooHoweverFar() {
        assertThat(engine.containers.removalOrder(List.of("x-a"), true))
                .containsExactly(List.of(third), List.of(second), List.of("x-a"));
        assertThat(engine.containers.removalOrder(List.of("x-a"), false))
                .containsExactly(List.of("x-a"));
    }
}
