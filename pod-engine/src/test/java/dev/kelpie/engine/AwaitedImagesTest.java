package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.report.PodPhase;
import dev.kelpie.engine.report.Waiting;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import dev.kelpie.engine.time.FakeTimers;
import dev.kelpie.image.RegistryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AwaitedImagesTest {

    private static final String FAR = "far/away:1";
    private static final PlayOptions PATIENT = PlayOptions.DEFAULT.withAwaitImages(true);

    @TempDir Path directory;

    private final FakeTimers time = new FakeTimers(Instant.parse("2026-03-01T10:00:00Z"));
    private FakeEngine engine;

    @BeforeEach
    void open() throws InterruptedException {
        engine = FakeEngine.at(directory, time);
        engine.images.missing.add(FAR);
        engine.images.unreachable.add(FAR);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static ContainerSpec far(String name, RestartPolicy policy) {
        var spec = Specs.with(Specs.container("web", name), Specs.policy(policy, false));
        return spec.withImage(new ImageSource(FAR, PullPolicy.MISSING));
    }

    private void play(PodSpec pod) throws InterruptedException {
        engine.plays.play(List.of(pod), PATIENT, _ -> {});
    }

    private void playNearAndFar() throws InterruptedException {
        var near = Specs.container("web", "near");
        play(Specs.pod("web", List.of(near, far("far", RestartPolicy.NEVER))));
    }

    private void come() {
        engine.images.unreachable.clear();
        engine.images.missing.clear();
    }

    private String reason(String container) {
        return engine.containers
                .find(container)
                .state()
                .standing()
                .waiting()
                .map(Waiting::reason)
                .orElse("");
    }

    private boolean runs(String container) {
        return engine.containers.find(container).state().running();
    }

    private void seconds(int count) throws InterruptedException {
        time.advance(Duration.ofSeconds(count));
    }

    @Test
    void playWithoutTheWishFailsAndLeavesNothing() {
        var pod = Specs.pod("web", List.of(far("far", RestartPolicy.NEVER)));
        assertThatThrownBy(() -> engine.plays.play(List.of(pod), PlayOptions.DEFAULT, _ -> {}))
                .isInstanceOf(RegistryException.class);
        assertThat(engine.pods.list()).isEmpty();
    }

    @Test
    void neighboursRunWhileOneWaits() throws InterruptedException {
        playNearAndFar();
        assertThat(runs("web-near")).isTrue();
        assertThat(reason("web-far")).isEqualTo("ErrImagePull");
        assertThat(engine.pods.find("web").state().phase()).isEqualTo(PodPhase.PENDING);
        assertThat(engine.supervisor.hasPending()).isTrue();
    }

    @Test
    void allThatWaitForOneImageStartWithIt() throws InterruptedException {
        play(
                Specs.pod(
                        "web",
                        List.of(far("one", RestartPolicy.NEVER), far("two", RestartPolicy.NEVER))));
        come();
        seconds(11);
        assertThat(runs("web-one")).isTrue();
        assertThat(runs("web-two")).isTrue();
    }

    @Test
    void pullsAreTriedAgainEverLater() throws InterruptedException {
        playNearAndFar();
        var counts = new java.util.ArrayList<Integer>();
        for (int wait : List.of(10, 20, 40, 80, 160, 300, 300)) {
            seconds(wait - 1);
            var before = engine.images.pulled.size();
            seconds(1);
            counts.add(engine.images.pulled.size() - before);
        }
        assertThat(counts).containsOnly(1);
        assertThat(engine.images.pulled).hasSize(8);
        assertThat(reason("web-far")).isEqualTo("ImagePullBackOff");
    }

    @Test
    void startsOnceTheImageIsThere() throws InterruptedException {
        playNearAndFar();
        come();
        seconds(10);
        assertThat(runs("web-far")).isTrue();
        assertThat(engine.pods.find("web").state().phase()).isEqualTo(PodPhase.RUNNING);
        assertThat(engine.supervisor.hasPending()).isFalse();
    }

    @Test
    void initContainersHoldUpTheOthersUntilTheirImageIsThere() throws InterruptedException {
        var pod = Specs.pod("web", "app");
        play(Specs.withInit(pod, far("side", RestartPolicy.ALWAYS)));
        assertThat(reason("web-app")).isEqualTo("PodInitializing");
        come();
        seconds(10);
        assertThat(runs("web-side")).isTrue();
        assertThat(runs("web-app")).isTrue();
    }

    @Test
    void nobodyCanSetUpWhatHasNoImage() throws InterruptedException {
        playNearAndFar();
        var ready = engine.containers.init(List.of("web-far")).getFirst();
        assertThat(ready.failure()).get().asString().contains("has no image yet");
    }

    @Test
    void stopEndsTheWaitAndStartTakesItUp() throws InterruptedException {
        playNearAndFar();
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        seconds(1000);
        assertThat(engine.images.pulled).hasSize(1);
        come();
        engine.pods.start(List.of("web"));
        seconds(0);
        assertThat(runs("web-far")).isTrue();
    }

    @Test
    void waitGoesOnAfterTheServiceHasDied() throws InterruptedException {
        playNearAndFar();
        seconds(10);
        engine = engine.reopened(directory);
        engine.images.missing.add(FAR);
        engine.images.unreachable.add(FAR);
        while (!engine.supervisor.hasPending()) {
            Thread.sleep(5);
        }
        assertThat(reason("web-far")).isEqualTo("ImagePullBackOff");
        seconds(19);
        assertThat(engine.images.pulled).isEmpty();
        come();
        seconds(1);
        assertThat(runs("web-far")).isTrue();
    }

    @Test
    void startOfOneThatWaitsIsRefusedAndChangesNothing() throws InterruptedException {
        playNearAndFar();
        assertThatThrownBy(() -> engine.containers.startAttached("web-far"))
                .isInstanceOf(ContainerStateException.class)
                .hasMessageContaining("container web-far has no image yet: ErrImagePull");
        assertThat(engine.containers.restart(List.of("web-far"), StopOptions.DEFAULT))
                .allMatch(outcome -> outcome.failedAs(ContainerStateException.class));
        come();
        seconds(10);
        assertThat(runs("web-far")).isTrue();
    }

    @Test
    void playOfTheSameManifestStartsWhatWaited() throws InterruptedException {
        playNearAndFar();
        come();
        playNearAndFar();
        assertThat(runs("web-far")).isTrue();
    }

    @Test
    void updateToAnImageThatCannotBeHadWaitsForIt() throws InterruptedException {
        play(Specs.pod("web", Specs.container("web", "far").shortName()));
        play(Specs.pod("web", List.of(far("far", RestartPolicy.NEVER))));
        seconds(0);
        assertThat(reason("web-far")).isEqualTo("ErrImagePull");
        come();
        seconds(10);
        assertThat(runs("web-far")).isTrue();
    }

    @Test
    void imageThatMayNotBePulledIsNamedSo() throws InterruptedException {
        var source = new ImageSource(FAR, PullPolicy.NEVER);
        play(Specs.pod("web", List.of(Specs.container("web", "far").withImage(source))));
        assertThat(reason("web-far")).isEqualTo("ErrImageNeverPull");
    }

    @Test
    void removalLeavesNothingThatWaits() throws InterruptedException {
        playNearAndFar();
        engine.pods.remove(List.of("web"), RemoveOptions.FORCE);
        assertThat(engine.supervisor.hasPending()).isFalse();
        assertThat(engine.pods.list()).isEmpty();
    }

    /// What it declares decides what other containers are made of.
    @Test
    void nobodyWaitsForImagesWhoseVolumesAreShown() {
        var source = new ImageSource(FAR, PullPolicy.NEVER);
        var sees =
                Specs.container("web", "sees")
                        .withMounts(List.of(VolumeMount.declared("automount")));
        var itself = far("itself", RestartPolicy.NEVER).withImage(source);
        var pod =
                Specs.pod("web", List.of(sees, itself))
                        .withVolumes(List.of(new Volume("automount", new Volume.Image(source))));
        assertThatThrownBy(() -> play(pod)).hasMessage(FAR + ": image not known");
        assertThat(engine.pods.list()).isEmpty();
    }
}
