package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The service behind the command: starting, sharing, stopping; `version`, `info`, `system check`.
@OnlyKelpie
class SystemIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void versionAndInfoAgree() {
        var version = kelpie.ok("version", "--format", "{{.Client.Version}}");
        assertThat(version).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(kelpie.ok("--version")).contains(version);
        assertThat(kelpie.json("info", "--format", "json").at("/version/Version").asText())
                .isEqualTo(version);
        assertThat(kelpie.ok("info")).contains("host:", "store:", kelpie.root().toString());
        assertThat(
                        kelpie.json("system", "info", "--format", "json")
                                .at("/store/graphRoot")
                                .asText())
                .isEqualTo(kelpie.root().toString());
    }

    @Test
    void checkNamesEachPart() {
        var result = kelpie.run("system", "check");
        assertThat(result.exitCode()).isIn(0, 1);
        assertThat(result.stdout()).contains("conmon", "cgroups", "nft", "aardvark-dns");
        assertThat(kelpie.run("doctor").stdout()).contains("conmon");
    }

    @Test
    void oneServiceServesManyClients() {
        kelpie.ok("ps");
        var pid = kelpie.servicePid();
        var clients = IntStream.range(0, 6).mapToObj(i -> kelpie.start("ps", "-aq")).toList();
        clients.forEach(client -> client.await().expect(0));
        assertThat(kelpie.servicePid()).isEqualTo(pid);
    }

    @Test
    void clientsThatComeTogetherStartOneService() {
        kelpie.stopService();
        var clients = IntStream.range(0, 5).mapToObj(i -> kelpie.start("version")).toList();
        clients.forEach(client -> client.await().expect(0));
        var services =
                Host.run("pgrep", "-f", "java.*" + kelpie.runroot()).lines().stream()
                        .filter(pid -> Files.exists(Path.of("/proc/" + pid)))
                        .toList();
        assertThat(services).containsExactly(Long.toString(kelpie.servicePid()));
    }

    @Test
    void containersGoOnWithoutTheService() {
        kelpie.play(Box.pod("pod", Box.container("c", Box.staying())));
        var pid = kelpie.pid("pod-c");
        kelpie.stopService();
        assertThat(Path.of("/proc/" + pid)).exists();
        assertThat(kelpie.pid("pod-c")).isEqualTo(pid);
        assertThat(kelpie.ok("exec", "pod-c", "echo", "alive")).isEqualTo("alive");
    }

    @Test
    void anIdleServiceLeavesByItself() {
        kelpie.stopService();
        try (var service = kelpie.start("system", "service", "--time", "1")) {
            Await.until("the service", () -> Files.exists(kelpie.runroot().resolve("service.pid")));
            Await.until("the service to leave", () -> !service.isAlive());
        }
        kelpie.ok("ps");
    }

    @Test
    void aServiceThatCannotStartIsExplained() {
        var elsewhere = kelpie.directory().resolve("no-directory");
        Host.write(elsewhere, "a file where the root should be");
        var command = new ArrayList<>(List.of("env", "KELPIE_SETUP=no"));
        command.addAll(Kelpie.program());
        var runroot = kelpie.directory().resolve("run2").toString();
        command.addAll(List.of("--root", elsewhere.toString(), "--runroot", runroot, "ps"));
        var result = Host.run(command.toArray(String[]::new));
        assertThat(result.expect(125).stderr()).contains(elsewhere.toString());
        assertThat(result.stderr()).doesNotContain("\tat ");
    }

    @Test
    void completesForThreeShells() {
        for (var shell : new String[] {"bash", "zsh", "fish"}) {
            assertThat(kelpie.ok("completion", shell)).contains("kelpie");
        }
        var script = kelpie.directory().resolve("completion.bash");
        Host.write(script, kelpie.run("completion", "bash").expect(0).stdout());
        Host.run("bash", "-n", script.toString()).expect(0);
    }

    @Test
    void helpNamesTheCommands() {
        assertThat(kelpie.ok("--help")).contains("kube", "pod", "run", "exec", "images", "system");
        assertThat(kelpie.ok("kube", "play", "--help"))
                .contains(
                        "--replace", "--network", "--publish", "--build", "--start", "--validate");
    }

    @Test
    void wordsThatAreNoCommandAreRefusedWithAHint() {
        assertThat(kelpie.fails(125, "no-such-command")).contains("no-such-command");
        assertThat(kelpie.fails(125, "kube", "paly")).contains("paly", "play");
        assertThat(kelpie.fails(125, "pod")).contains("pod");
        assertThat(kelpie.fails(125, "kube", "play")).isNotBlank();
        assertThat(kelpie.fails(125, "ps", "--no-such-flag")).contains("--no-such-flag");
    }

    @Test
    void othersMayNotUseTheSocket() {
        kelpie.ok("ps");
        var socket = kelpie.ok("info", "--format", "{{.Host.RemoteSocket.Path}}");
        var line = "curl -s --unix-socket " + socket + " http://d/_ping";
        assertThat(Host.run("sh", "-c", line).text()).isEqualTo("OK");
        assertThat(
                        Host.run("setpriv", "--reuid=65534", "--clear-groups", "sh", "-c", line)
                                .exitCode())
                .isNotZero();
    }

    @Test
    void oneRootHasOneService() {
        kelpie.ok("ps");
        var result = onOtherRunRoot("run3");
        assertThat(result.expect(125).stderr()).contains(kelpie.root().toString());
        assertThat(result.stderr()).doesNotContain("\tat ");
    }

    private Result onOtherRunRoot(String name) {
        var words = List.of("--root", kelpie.root().toString(), "--runroot");
        var line = new ArrayList<>(Kelpie.program());
        line.addAll(words);
        line.addAll(List.of(kelpie.directory().resolve(name).toString(), "ps"));
        return Host.run(line.toArray(String[]::new));
    }

    @Test
    void installsWhatNeedsNoCheckout() {
        assumeTrue(Files.exists(Host.checkout().resolve("client/setup")), "needs the checkout");
        var prefix = kelpie.directory().resolve("prefix");
        var line = new ArrayList<>(Kelpie.program());
        line.addAll(List.of("system", "install", "--prefix", prefix.toString()));
        Host.run(line.toArray(String[]::new)).expect(0);
        var engine = kelpie.directory().resolve("installed");
        var installed =
                prefix.resolve("bin/kelpie")
                        + " --root "
                        + engine
                        + "/root --runroot "
                        + engine
                        + "/run ";
        assertThat(Host.run("sh", "-c", installed + "--version").expect(0).stdout())
                .contains("kelpie");
        Host.run("sh", "-c", installed + "system service --stop").expect(0);
        assertThat(Host.run("grep", "-rlI", Host.checkout() + "/", prefix.toString()).stdout())
                .isEmpty();
        Trees.delete(prefix);
    }

    /// The next command used to reach the service that was just leaving.
    @Test
    void whatWasStoppedIsGoneAndTheNextCommandStartsAnother() {
        for (var i = 0; i < 5; i++) {
            kelpie.ok("ps", "-q");
            var process = Path.of("/proc/" + kelpie.servicePid());
            kelpie.ok("system", "service", "--stop");
            assertThat(process).doesNotExist();
        }
        kelpie.ok("ps", "-q");
    }
}
