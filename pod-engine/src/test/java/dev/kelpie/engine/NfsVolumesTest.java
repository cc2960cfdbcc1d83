package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NfsVolumesTest {

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

    private static PodSpec pod() {
        return Specs.pod("web", "a", "b")
                .withVolumes(
                        List.of(
                                new Volume("data", new Volume.Nfs("nas", "/exports", false)),
                                new Volume("look", new Volume.Nfs("fd00::1", "/look", true))));
    }

    private void play() throws InterruptedException {
        engine.plays.play(List.of(pod()), PlayOptions.DEFAULT, _ -> {});
    }

    @Test
    void mountsEachOncePerPod() throws InterruptedException {
        play();
        assertThat(engine.kernel.shown).containsExactly("nas:/exports", "[fd00::1]:/look ro");
    }

    @Test
    void mountsThemAgainAtTheNextStart() throws InterruptedException {
        play();
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        engine.pods.start(List.of("web"));
        assertThat(engine.kernel.shown).hasSize(4);
    }

    @Test
    void namesTheReasonBeforeAnythingIsMade() {
        engine.kernel.nfsObstacle = Optional.of("there is no mount.nfs");
        assertThatThrownBy(this::play)
                .hasMessageContaining(
                        "pod 'web': volume 'data' cannot be mounted here: there is no mount.nfs")
                .hasMessageContaining("volume 'look'");
        assertThat(engine.pods.list()).isEmpty();
        assertThat(engine.kernel.shown).isEmpty();
    }

    @Test
    void nothingStaysMounted() throws InterruptedException {
        play();
        engine.pods.remove(List.of("web"), RemoveOptions.FORCE);
        assertThat(engine.kernel.mounted).noneMatch(path -> path.toString().contains("/nfs/"));
    }

    @Test
    void whatCouldNotBeMountedIsMountedAtTheNextTry() throws InterruptedException {
        play();
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        engine.kernel.shown.clear();
        engine.kernel.nfsFailures = 1;
        var id = engine.pods.find("web").id();
        assertThat(engine.pods.start(List.of("web")).getFirst().failure()).isPresent();
        assertThat(engine.core.sandboxes.isAlive(id)).isFalse();
        engine.pods.start(List.of("web"));
        assertThat(engine.kernel.shown).hasSize(2);
    }
}
