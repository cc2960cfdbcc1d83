package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.report.PodStatus;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ReconcilerTest {

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

    private void reopen() throws InterruptedException {
        engine = engine.reopened(directory);
    }

    private void setPhase(String pod, Phase phase) {
        var row = row(pod);
        engine.core.store.change(change -> {
            change.put(row.withPhase(phase, "play"));
            change.now().members(row.id()).forEach(member -> change.put(member.withPhase(phase)));
        });
    }

    private PodRow row(String pod) {
        return engine.core.store.now().pods().values().stream()
                .filter(row -> row.name().equals(pod))
                .findFirst()
                .orElseThrow();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }

    @Test
    void leavesRunningPodsRunning() throws InterruptedException {
        engine.plays.play(List.of(Specs.pod("web", "a")), PlayOptions.DEFAULT, _ -> {});
        var before = engine.runtime.calls();
        reopen();
        assertThat(engine.pods.find("web").status()).isEqualTo(PodStatus.RUNNING);
        assertThat(engine.runtime.calls()).isEqualTo(before);
    }

    @Test
    void undoesAPlayThatWasNeverCommitted() throws InterruptedException {
        engine.plays.play(List.of(Specs.pod("web", "a")), PlayOptions.DEFAULT, _ -> {});
        setPhase("web", Phase.MAKING);
        reopen();
        assertThat(engine.pods.list()).isEmpty();
        assertThat(engine.runtime.containers()).isEmpty();
        assertThat(engine.kernel.mounted).isEmpty();
    }

    @Test
    void putsBackAPodThatMadeRoomForAnAbandonedPlay() throws InterruptedException {
        engine.plays.play(List.of(Specs.pod("web", "a")), PlayOptions.DEFAULT, _ -> {});
        setPhase("web", Phase.RETIRING);
        engine.supervisor.stopper().down(List.of(row("web")), java.util.Optional.empty());
        reopen();
        assertThat(engine.pods.find("web").status()).isEqualTo(PodStatus.RUNNING);
    }

    @Test
    void finishesARemoval() throws InterruptedException {
        engine.plays.play(List.of(Specs.pod("web", "a")), PlayOptions.DEFAULT, _ -> {});
        setPhase("web", Phase.REMOVING);
        reopen();
        assertThat(engine.pods.list()).isEmpty();
        assertThat(directory.resolve("root/containers").toFile().list()).isNullOrEmpty();
    }

    @Test
    void finishesAStop() throws InterruptedException {
        engine.plays.play(List.of(Specs.pod("web", "a")), PlayOptions.DEFAULT, _ -> {});
        engine.supervisor.stopper().wish(List.of(row("web").id()));
        reopen();
        until(() -> engine.network.attached().isEmpty());
        assertThat(engine.pods.find("web").status()).isEqualTo(PodStatus.EXITED);
    }

    @Test
    void removesFilesThatNobodyKnows() throws Exception {
        Files.createDirectories(directory.resolve("root/containers/stray/upper"));
        Files.createDirectories(directory.resolve("run/containers/stray"));
        Files.createDirectories(directory.resolve("run/pods/stray"));
        reopen();
        assertThat(directory.resolve("root/containers").toFile().list()).isNullOrEmpty();
        assertThat(directory.resolve("run/containers")).isEmptyDirectory();
        assertThat(directory.resolve("run/pods")).isEmptyDirectory();
    }

    @Test
    void startsAfterARebootWhatPolicySays() throws InterruptedException {
        var always =
                Specs.with(Specs.container("one", "a"), Specs.policy(RestartPolicy.ALWAYS, false));
        engine.plays.play(
                List.of(Specs.pod("one", List.of(always)), Specs.pod("two", "a")),
                PlayOptions.DEFAULT,
                _ -> {});
        engine.conmon.close();
        engine.kernel.namespaces.clear();
        engine.kernel.mounted.clear();
        engine.kernel.boot = "boot-2";
        reopen();
        until(() -> engine.pods.find("one").status() == PodStatus.RUNNING);
        assertThat(engine.containers.find("two-a").state().running()).isFalse();
    }

    @Test
    void bringsBackAfterAHaltWhatItEndedAndLeavesUnitsToSystemd() throws InterruptedException {
        var always = Specs.policy(RestartPolicy.ALWAYS, false);
        var ofUnit = Specs.container("two", "a").withLabel("PODMAN_SYSTEMD_UNIT", "two.service");
        engine.plays.play(
                List.of(
                        Specs.pod("one", List.of(Specs.with(Specs.container("one", "a"), always))),
                        Specs.pod("two", List.of(ofUnit))),
                PlayOptions.DEFAULT,
                _ -> {});
        engine.supervisor.halt();
        assertThat(engine.pods.find("one").status()).isEqualTo(PodStatus.EXITED);
        assertThat(engine.pods.find("two").status()).isEqualTo(PodStatus.RUNNING);
        engine.kernel.boot = "boot-2";
        reopen();
        until(() -> engine.pods.find("one").status() == PodStatus.RUNNING);
    }

    @Test
    void oneThatCannotStartAfterARebootHoldsUpNoOther() throws InterruptedException {
        var always = Specs.policy(RestartPolicy.ALWAYS, false);
        var containers =
                List.of(
                        Specs.with(Specs.container("one", "a"), always),
                        Specs.with(Specs.container("one", "b"), always));
        engine.plays.play(List.of(Specs.pod("one", containers)), PlayOptions.DEFAULT, _ -> {});
        engine.conmon.close();
        engine.kernel.namespaces.clear();
        engine.kernel.mounted.clear();
        engine.kernel.boot = "boot-2";
        engine.runtime.failCreateOf("one-a");
        reopen();
        until(() -> engine.containers.find("one-b").state().running());
        until(() ->
                engine.containers.find("one-a").state().standing().waiting().isPresent()
                        && engine.supervisor.hasPending());
    }
}
