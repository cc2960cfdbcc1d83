package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.InitContainerFailedException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.NameInUseException;
import dev.kelpie.engine.fault.PortInUseException;
import dev.kelpie.engine.fault.StartFailedException;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.report.PodAction;
import dev.kelpie.engine.report.PodStatus;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.NetworkException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlaysTest {

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

    private PlayReport play(PlayOptions options, PodSpec... pods) throws InterruptedException {
        return engine.plays.play(List.of(pods), options, _ -> {});
    }

    private PlayReport play(PodSpec... pods) throws InterruptedException {
        return play(PlayOptions.DEFAULT, pods);
    }

    private void assertNothingIsLeft() {
        assertThat(engine.pods.list()).isEmpty();
        assertThat(engine.containers.list()).isEmpty();
        assertThat(engine.runtime.containers()).isEmpty();
        assertThat(engine.network.attached()).isEmpty();
        assertThat(engine.kernel.mounted).isEmpty();
        assertThat(engine.kernel.namespaces).isEmpty();
        assertThat(engine.kernel.groups).noneMatch(group -> group.startsWith("/kelpie-test/"));
        assertThat(directory.resolve("run/pods")).isEmptyDirectory();
        assertThat(directory.resolve("root/containers").toFile().list()).isNullOrEmpty();
    }

    @Test
    void anInfraContainerThatHoldsNothingOnlyPauses() throws InterruptedException {
        play(Specs.pod("web", "a", "b"));
        assertThat(engine.runtime.containers()).hasSize(2);
        assertThat(engine.containers.list()).hasSize(3);
        assertThat(engine.pods.find("web").status()).isEqualTo(PodStatus.RUNNING);
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        assertThat(engine.pods.find("web").status()).isEqualTo(PodStatus.EXITED);
    }

    @Test
    void startsTheInfraContainerOfSharedProcessesBeforeTheOthers() throws InterruptedException {
        play(Specs.sharingProcesses(Specs.pod("web", "a", "b")));
        var starts =
                engine.runtime.calls().stream().filter(call -> call.startsWith("start")).toList();
        assertThat(starts).hasSize(3);
        assertThat(starts.getFirst()).endsWith("-infra");
        assertThat(engine.pods.find("web").status()).isEqualTo(PodStatus.RUNNING);
    }

    @Test
    void attachesThePodsOfAPlayInOneGo() throws InterruptedException {
        play(Specs.pod("one", "a"), Specs.pod("two", "a"));
        assertThat(engine.network.calls()).hasSize(1);
        assertThat(engine.network.attached()).hasSize(2);
    }

    @Test
    void takesEverythingBackWhenOneContainerCannotStart() throws InterruptedException {
        engine.runtime.failStartOf("two-b");
        assertThatThrownBy(() -> play(Specs.pod("one", "a"), Specs.pod("two", "a", "b")))
                .isInstanceOf(StartFailedException.class)
                .hasMessageStartingWith("cannot start container 'two-b': ");
        assertNothingIsLeft();
    }

    @Test
    void takesEverythingBackWhenOneContainerCannotBeMade() throws InterruptedException {
        engine.runtime.failCreateOf("web-b");
        assertThatThrownBy(() -> play(Specs.pod("web", "a", "b")))
                .isInstanceOfSatisfying(
                        StartFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(127));
        assertNothingIsLeft();
    }

    @Test
    void takesEverythingBackWhenTheNetworkFails() throws InterruptedException {
        engine.network.failNextAttach("no bridge");
        assertThatThrownBy(() -> play(Specs.pod("web", "a")))
                .isInstanceOf(NetworkException.class)
                .hasMessage("no bridge");
        assertNothingIsLeft();
    }

    @Test
    void touchesNothingWhenNothingChanged() throws InterruptedException {
        play(Specs.pod("web", "a"));
        var before = engine.runtime.calls();
        var report = play(PlayOptions.DEFAULT.withReplace(true), Specs.pod("web", "a"));
        assertThat(report.pods().getFirst().action()).isEqualTo(PodAction.KEEP);
        assertThat(engine.runtime.calls()).isEqualTo(before);
    }

    @Test
    void knowsASpecAgainThatAnEarlierVersionHashedOtherwise() throws InterruptedException {
        play(Specs.pod("web", "a"));
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        var id = engine.pods.find("web").id();
        engine.core.store.change(change ->
                change.editPod(
                        id,
                        row ->
                                new PodRow(
                                        row.id(),
                                        row.spec(),
                                        "of an earlier version",
                                        row.phase(),
                                        row.running(),
                                        row.created(),
                                        row.play(),
                                        row.failure())));
        var report = play(Specs.pod("web", "a"));
        assertThat(report.pods().getFirst().action()).isEqualTo(PodAction.START);
    }

    @Test
    void startsAnUnchangedPodThatWasStopped() throws InterruptedException {
        play(Specs.pod("web", "a"));
        engine.pods.stop(List.of("web"), StopOptions.DEFAULT);
        assertThat(engine.network.attached()).isEmpty();
        var report = play(Specs.pod("web", "a"));
        assertThat(report.pods().getFirst().action()).isEqualTo(PodAction.START);
        assertThat(engine.pods.find("web").status()).isEqualTo(PodStatus.RUNNING);
    }

    @Test
    void refusesAChangedPodWithoutReplace() throws InterruptedException {
        play(Specs.pod("web", "a"));
        assertThatThrownBy(() -> play(Specs.pod("web", "a", "b")))
                .isInstanceOf(NameInUseException.class)
                .hasMessageContaining("pod already exists")
                .hasMessageContaining("--replace");
    }

    @Test
    void replacesAChangedPod() throws InterruptedException {
        var old = play(Specs.pod("web", "a")).pods().getFirst().id();
        var report = play(PlayOptions.DEFAULT.withReplace(true), Specs.pod("web", "a", "b"));
        assertThat(report.replaced()).containsExactly(old);
        assertThat(engine.pods.list()).hasSize(1);
        assertThat(engine.pods.find("web").members()).hasSize(3);
    }

    @Test
    void putsTheOldPodBackWhenItsReplacementFails() throws InterruptedException {
        var old = play(Specs.pod("web", "a")).pods().getFirst().id();
        engine.runtime.failStartOf("web-b");
        assertThatThrownBy(() ->
                        play(PlayOptions.DEFAULT.withReplace(true), Specs.pod("web", "a", "b")))
                .isInstanceOf(StartFailedException.class);
        assertThat(engine.pods.list()).hasSize(1);
        assertThat(engine.pods.find("web").id()).isEqualTo(old);
        assertThat(engine.pods.find("web").status()).isEqualTo(PodStatus.RUNNING);
    }

    @Test
    void refusesAHostPortThatAnotherPodHas() throws InterruptedException {
        play(Specs.publishing(Specs.pod("one", "a"), 47123, 80));
        assertThatThrownBy(() -> play(Specs.publishing(Specs.pod("two", "a"), 47123, 80)))
                .isInstanceOf(PortInUseException.class)
                .hasMessageContaining("47123")
                .hasMessageContaining("pod 'one'");
        assertThat(engine.pods.list()).hasSize(1);
    }

    @Test
    void refusesTwoContainersOfOneName() throws InterruptedException {
        var one = Specs.pod("one", List.of(Specs.container("same", "c")));
        var two = Specs.pod("two", List.of(Specs.container("same", "c")));
        assertThatThrownBy(() -> play(one, two))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("same-c");
        assertNothingIsLeftAtAll();
    }

    private void assertNothingIsLeftAtAll() {
        assertThat(engine.runtime.calls()).isEmpty();
        assertThat(engine.pods.list()).isEmpty();
    }

    @Test
    void pullsWhatIsMissing() throws InterruptedException {
        engine.images.missing.add(Specs.IMAGE);
        assertThat(
                        engine.plays
                                .plan(
                                        PlaySpec.ofPods(List.of(Specs.pod("web", "a"))),
                                        PlayOptions.DEFAULT)
                                .pods())
                .allSatisfy(pod -> assertThat(pod.images()).containsExactly(Specs.IMAGE));
        assertThat(engine.images.pulled).isEmpty();
        play(Specs.pod("web", "a", "b"));
        assertThat(engine.images.pulled).containsExactly(Specs.IMAGE);
    }

    @Test
    void stopsTheStartWhenAnInitContainerFails() {
        var init = Specs.container("web", "init");
        var ender =
                Thread.startVirtualThread(() -> {
                    while (!engine.runtime.calls().contains("start web-init")) {
                        Thread.onSpinWait();
                    }
                    engine.runtime.end("web-init", 3);
                });
        assertThatThrownBy(() -> play(Specs.withInit(Specs.pod("web", "a"), init)))
                .isInstanceOf(InitContainerFailedException.class)
                .hasMessage("init container web-init exited with code 3");
        assertThat(ender.isDaemon()).isTrue();
        assertThat(engine.runtime.calls()).doesNotContain("start web-a");
        assertNothingIsLeft();
    }

    @Test
    void makesButDoesNotStartWhenToldSo() throws InterruptedException {
        play(PlayOptions.DEFAULT.withStart(false), Specs.pod("web", "a"));
        assertThat(engine.runtime.calls()).isEmpty();
        assertThat(engine.pods.find("web").status()).isEqualTo(PodStatus.CREATED);
    }

    @Test
    void leavesNothingAfterARemoval() throws Exception {
        play(Specs.pod("web", "a", "b"), Specs.pod("db", "a"));
        var outcomes = engine.pods.remove(List.of("web", "db", "none"), RemoveOptions.FORCE);
        assertThat(outcomes).allSatisfy(outcome -> assertThat(outcome.failure()).isEmpty());
        assertNothingIsLeft();
        assertThat(Files.exists(directory.resolve("root/state.db"))).isTrue();
    }
}
