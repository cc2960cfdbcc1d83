package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.fault.PortInUseException;
import dev.kelpie.engine.fault.StartFailedException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerStatus;
import dev.kelpie.engine.report.PodStatus;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.runtime.network.NetworkRoot;
import java.io.ByteArrayOutputStream;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The engine on this host's real parts.
@Timeout(300)
class EngineIT {

    @TempDir Path base;

    private Engine engine;

    @BeforeEach
    void open() throws Exception {
        Assumptions.assumeTrue(
                "root".equals(System.getProperty("user.name")),
                "needs root: mounts and namespaces");
        engine = CrashingProcess.open(base);
        CrashingProcess.buildImage(engine, base);
    }

    @AfterEach
    void leavesNothing() throws Exception {
        for (var pod : engine.pods().list()) {
            engine.pods().remove(List.of(pod.id()), quickly());
        }
        for (var container : engine.containers().list()) {
            engine.containers().remove(List.of(container.id()), quickly());
        }
        engine.close();
        var group = "/kelpie-" + NetworkRoot.of(base.resolve("root"), base.resolve("run")).id();
        assertThat(Leftovers.of(base, group)).isEmpty();
        assertThat(base.resolve("run/pods").toFile().list()).isNullOrEmpty();
        assertThat(base.resolve("root/containers").toFile().list()).isNullOrEmpty();
    }

    private static RemoveOptions quickly() {
        return new RemoveOptions(true, true, true, Optional.of(Duration.ZERO));
    }

    private void play(PodSpec... pods) throws InterruptedException {
        engine.play(List.of(pods), PlayOptions.DEFAULT, _ -> {});
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(20);
        }
    }

    private String exec(String container, String... command) throws Exception {
        var out = new ByteArrayOutputStream();
        try (var session = engine.containers().exec(container, ExecRequest.of(command))) {
            session.relayOutput(out, out);
            session.waitForEnd();
        }
        return out.toString(StandardCharsets.UTF_8).strip();
    }

    private List<String> log(String container) throws InterruptedException {
        var lines = new ArrayList<String>();
        engine.containers().logs(container, LogRequest.ALL, line -> lines.add(line.text()));
        return lines;
    }

    private static ContainerSpec shell(String pod, String name, String script) {
        return Specs.container(pod, name, "sh", "-c", script);
    }

    @Test
    void playsAPodOfThree() throws Exception {
        play(Specs.pod("web", "a", "b", "c"));
        var pod = engine.pods().find("web");
        assertThat(pod.status()).isEqualTo(PodStatus.RUNNING);
        assertThat(pod.members()).hasSize(4);
        assertThat(pod.networks()).hasSize(1);
        assertThat(exec("web-a", "hostname")).isEqualTo("web");
        assertThat(exec("web-a", "cat", "/etc/hosts")).contains("\tweb");
        assertThat(exec("web-b", "cat", "/etc/resolv.conf")).contains("nameserver");
    }

    @Test
    void givesTheExitCodeOfAnExec() throws Exception {
        play(Specs.pod("web", "a"));
        try (var session =
                engine.containers().exec("web-a", ExecRequest.of("sh", "-c", "exit 7"))) {
            assertThat(session.waitForEnd()).isEqualTo(7);
        }
        assertThatThrownBy(() -> exec("web-a", "/none"))
                .isInstanceOfSatisfying(
                        StartFailedException.class, e -> assertThat(e.exitCode()).isEqualTo(127));
    }

    @Test
    void keepsWhatAContainerWroteAndHowItEnded() throws Exception {
        var spec = shell("x", "job", "echo one; echo two >&2; exit 3");
        var id = engine.containers().create(Specs.solo(spec), PlayOptions.DEFAULT, _ -> {});
        engine.containers().start(List.of(id));
        assertThat(engine.containers().waitFor(id, Set.of(ContainerStatus.EXITED))).isEqualTo(3);
        assertThat(log(id)).containsExactlyInAnyOrder("one", "two");
        assertThat(engine.containers().find("x-job").state().exitCode()).isEqualTo(3);
    }

    @Test
    void losesNoOutputOfAnAttachedContainer() throws Exception {
        var id =
                engine.containers()
                        .create(
                                Specs.solo(shell("x", "quick", "echo first")),
                                PlayOptions.DEFAULT,
                                _ -> {});
        var out = new ByteArrayOutputStream();
        try (var attached = engine.containers().startAttached(id)) {
            attached.relayOutput(out, out);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("first\n");
    }

    @Test
    void killsWhatIgnoresItsStopSignal() throws Exception {
        play(Specs.pod("web", List.of(shell("web", "deaf", "trap '' TERM; sleep 1000"))));
        engine.pods()
                .stop(List.of("web"), new StopOptions(Optional.of(Duration.ofMillis(200)), false));
        assertThat(engine.containers().find("web-deaf").state().exitCode()).isEqualTo(137);
    }

    @Test
    void restartsWhatItsPolicyWantsBack() throws Exception {
        var spec =
                Specs.with(
                        shell("web", "a", "sleep 1000"), Specs.policy(RestartPolicy.ALWAYS, false));
        play(Specs.pod("web", List.of(spec)));
        engine.containers().find("web-a").state().pid().ifPresent(EngineIT::kill);
        until(() -> engine.containers().find("web-a").state().restarts() == 1);
        until(() -> engine.containers().find("web-a").state().running());
    }

    private static void kill(int pid) {
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }

    @Test
    void bringsADeadInfraContainerBack() throws Exception {
        play(Specs.pod("web", "a"));
        var infra = engine.pods().find("web").infraId().orElseThrow();
        var before = engine.containers().find("web-a").state().pid();
        engine.containers().find(infra).state().pid().ifPresent(EngineIT::kill);
        until(() -> engine.containers().find(infra).state().restarts() == 1);
        until(() -> engine.containers().find(infra).state().running());
        assertThat(engine.containers().find("web-a").state().pid()).isEqualTo(before);
    }

    @Test
    void endsAContainerThatLostItsConmon() throws Exception {
        play(Specs.pod("web", "a"));
        engine.containers().find("web-a").state().conmonPid().ifPresent(EngineIT::kill);
        until(() -> engine.containers().find("web-a").state().status() == ContainerStatus.EXITED);
        assertThat(engine.containers().find("web-a").state().exitCode()).isEqualTo(-1);
    }

    @Test
    void runsInitContainersFirst() throws Exception {
        var init = shell("web", "init", "echo done > /dev/shm/done");
        play(Specs.withInit(Specs.pod("web", "a"), init));
        assertThat(exec("web-a", "cat", "/dev/shm/done")).isEqualTo("done");
        assertThat(engine.containers().find("web-init").kind()).isEqualTo(ContainerKind.INIT);
    }

    @Test
    void leavesNothingOfAPlayWithACommandThatIsNotThere() throws Exception {
        var bad = Specs.container("two", "bad", "/none");
        assertThatThrownBy(() -> play(Specs.pod("one", "a"), Specs.pod("two", List.of(bad))))
                .isInstanceOf(StartFailedException.class)
                .hasMessageStartingWith("cannot start container 'two-bad': ");
        assertThat(engine.pods().list()).isEmpty();
    }

    @Test
    void refusesAPortThatAProcessHolds() throws Exception {
        try (var held = new ServerSocket(0)) {
            var port = held.getLocalPort();
            assertThatThrownBy(() -> play(Specs.publishing(Specs.pod("web", "a"), port, 80)))
                    .hasMessageContaining(Integer.toString(port));
        }
        assertThat(engine.pods().list()).isEmpty();
    }

    @Test
    void refusesAPortThatAnotherPodPublishes() throws Exception {
        play(Specs.publishing(Specs.pod("one", "a"), 47321, 80));
        assertThatThrownBy(() -> play(Specs.publishing(Specs.pod("two", "a"), 47321, 80)))
                .isInstanceOf(PortInUseException.class);
    }

    @Test
    void carriesOnWithWhatRunsWhenOpenedAgain() throws Exception {
        play(Specs.pod("web", "a", "b"));
        var before = engine.containers().find("web-a").state();
        engine.close();
        engine = CrashingProcess.open(base);
        assertThat(engine.pods().find("web").status()).isEqualTo(PodStatus.RUNNING);
        assertThat(engine.containers().find("web-a").state().pid()).isEqualTo(before.pid());
        assertThat(exec("web-a", "hostname")).isEqualTo("web");
    }

    @Test
    void forgetsTheFactsOfAnotherBoot() throws Exception {
        play(Specs.pod("web", "a"));
        var pids = new ArrayList<Integer>();
        for (var container : engine.containers().list()) {
            container.state().conmonPid().ifPresent(pids::add);
            container.state().pid().ifPresent(pids::add);
        }
        engine.close();
        pids.forEach(EngineIT::kill);
        Files.writeString(base.resolve("run/boot_id"), "another-boot\n");
        engine = CrashingProcess.open(base);
        assertThat(engine.containers().find("web-a").state().status())
                .isEqualTo(ContainerStatus.EXITED);
        engine.pods().start(List.of("web"));
        assertThat(engine.pods().find("web").status()).isEqualTo(PodStatus.RUNNING);
    }
}
