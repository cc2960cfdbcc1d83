package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Unit files become services of a real systemd, and the services are what they say they are.
@OnlyKelpie
class SystemdIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static Units units;

    private final Kelpie kelpie = ENGINE.kelpie();

    @BeforeAll
    static void installTheGenerator() {
        units = Units.install(ENGINE.kelpie());
    }

    @AfterEach
    void removeTheUnits() {
        units.clear();
        kelpie.ok("volume", "rm", "--all", "--force");
        kelpie.ok("network", "prune", "--force");
    }

    @AfterAll
    static void uninstallTheGenerator() {
        if (units != null) {
            units.uninstall();
        }
    }

    private static String container(String shell) {
        return "[Container]\nImage=%s\nStopTimeout=5\nExec=sh -c \"%s\"\n"
                .formatted(Box.IMAGE, shell.replace("$", "$$"));
    }

    @Test
    void runsAContainerAsAServiceThatKelpiesServiceCannotHarm() {
        units.write("kt-web.container", webUnit())
                .write("kt-data.volume", "[Volume]\n")
                .write("kt-lan.network", "[Network]\n")
                .reload();
        units.systemctl("start", "kt-web.service");
        var pid = units.show("kt-web.service", "MainPID");
        assertThat(Path.of("/proc/" + pid + "/comm")).hasContent("conmon\n");
        assertThat(Host.read(Path.of("/proc/" + pid + "/cgroup")))
                .contains("/system.slice/kt-web.service/");
        assertThat(Host.read(Path.of("/proc/" + kelpie.pid("systemd-kt-web") + "/cgroup")))
                .contains("/system.slice/kt-web.service/");
        assertThat(Path.of("/sys/fs/cgroup/system.slice/kt-web.service/memory.max"))
                .hasContent("209715200\n");
        assertThat(units.journal("kt-web.service")).contains("moo from web");
        assertThat(kelpie.log("systemd-kt-web")).contains("moo from web");

        kelpie.killService();
        assertThat(kelpie.state("systemd-kt-web")).isEqualTo("running");
        assertThat(units.show("kt-web.service", "MainPID")).isEqualTo(pid);

        units.systemctl("restart", "kt-web.service");
        assertThat(units.show("kt-web.service", "MainPID")).isNotEqualTo(pid);
        units.systemctl("stop", "kt-web.service");
        assertThat(units.run("is-active", "kt-web.service").text()).isEqualTo("inactive");
        assertThat(kelpie.ok("ps", "-a", "-q")).isEmpty();
        assertThat(Path.of("/sys/fs/cgroup/system.slice/kt-web.service")).doesNotExist();
    }

    private static String webUnit() {
        return container("echo moo from web; " + Box.staying())
                + """
                Volume=kt-data.volume:/data
                Network=kt-lan.network
                [Service]
                MemoryMax=200M
                [Install]
                WantedBy=multi-user.target
                """;
    }

    @Test
    void restartsWhatEndsByItselfAndFailsWithItsExitCode() {
        units.write(
                        "kt-once.container",
                        container("exit 7")
                                + "[Service]\nRestart=no\n[Unit]\nAfter=kt-t@a.service\n")
                .write("kt-t@.container", container(Box.staying()) + "Environment=WHO=%i\n")
                .write(
                        "kt-again.container",
                        container("sleep 1; exit 3") + "[Service]\nRestart=always\nRestartSec=0\n")
                .reload();
        units.run("start", "kt-once.service");
        units.awaitState("kt-once.service", "failed");
        assertThat(units.show("kt-once.service", "ExecMainStatus")).isEqualTo("7");
        units.systemctl("start", "kt-again.service", "kt-t@blue.service");
        assertThat(kelpie.ok("exec", "systemd-kt-t_blue", "env")).contains("WHO=blue");
        Await.until(
                () -> "a restart: " + units.journal("kt-again.service"),
                () -> !units.show("kt-again.service", "NRestarts").equals("0"));
        units.systemctl("stop", "kt-t@blue.service", "kt-again.service");
        assertThat(kelpie.ok("ps", "-a", "-q")).isEmpty();
    }

    @Test
    void waitsUntilTheContainerSaysThatItIsReadyOrIsHealthy() {
        var go = kelpie.directory().resolve("go");
        units.write("kt-say.container", saying(go))
                .write(
                        "kt-well.container",
                        container(Box.staying())
                                + """
                                Notify=healthy
                                HealthCmd=test -e /go/go
                                HealthInterval=1s
                                HealthRetries=100
                                Volume=%s:/go
                                """
                                        .formatted(go))
                .reload();
        mkdir(go);
        units.systemctl("start", "--no-block", "kt-say.service", "kt-well.service");
        for (var name : List.of("kt-say", "kt-well")) {
            Await.until(
                    "its container",
                    () -> kelpie.run("container", "exists", "systemd-" + name).exitCode() == 0);
            kelpie.awaitState("systemd-" + name, "running");
            assertThat(units.is(name + ".service", "activating")).isTrue();
        }
        Host.write(go.resolve("go"), "");
        units.awaitState("kt-say.service", "active");
        units.awaitState("kt-well.service", "active");
    }

    private static String saying(Path go) {
        return container(
                        "until test -e /go/go; do sleep 0.1; done;"
                                + " /usr/bin/systemd-notify --ready; "
                                + Box.staying())
                + """
                Notify=yes
                Volume=%s:/go
                Volume=/usr:/usr:ro
                Volume=/usr/lib:/lib:ro
                Volume=/usr/lib64:/lib64:ro
                """
                        .formatted(go);
    }

    private static void mkdir(Path directory) {
        Host.run("mkdir", "-p", directory.toString()).expect(0);
    }

    @Test
    void keepsAPodAndItsContainersTogether() {
        var port = Host.freePort();
        var context = kelpie.directory().resolve("site");
        Host.write(
                context.resolve("Containerfile"),
                "FROM " + Box.IMAGE + "\nCOPY index.html /www/\n");
        Host.write(context.resolve("index.html"), "hello pod");
        units.write(
                        "kt-app.pod",
                        "[Pod]\nPublishPort=127.0.0.1:%d:80\nVolume=kt-shared.volume:/shared\n"
                                .formatted(port))
                .write("kt-shared.volume", "[Volume]\n")
                .write(
                        "kt-site.build",
                        "[Build]\nImageTag=localhost/site:1\nSetWorkingDirectory=%s\n"
                                .formatted(context))
                .write(
                        "kt-http.container",
                        """
                        [Container]
                        Pod=kt-app.pod
                        Image=kt-site.build
                        StopTimeout=0
                        Exec=httpd -f -p 80 -h /www
                        """)
                .reload();
        units.systemctl("start", "kt-app-pod.service");
        units.awaitState("kt-http.service", "active");
        Host.awaitPage("http://127.0.0.1:" + port, "hello pod");
        assertThat(kelpie.ok("exec", "systemd-kt-http", "grep", "-c", " /shared ", "/proc/mounts"))
                .isEqualTo("1");
        units.systemctl("stop", "kt-app-pod.service");
        units.awaitState("kt-app-pod.service", "inactive");
        Await.until(
                () -> "the container's unit to follow: " + units.run("status", "kt-http"),
                () ->
                        !units.is("kt-http.service", "active")
                                && !units.is("kt-http", "deactivating"));
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
    }

    @Test
    void isActiveAsLongAsAPlayedApplicationRuns() {
        var yaml = kelpie.directory().resolve("kube.yaml");
        var pod =
                Box.podWith(
                        "kt-kube",
                        "restartPolicy: Never\n",
                        Box.container("a", "until test -e /tmp/end; do sleep 0.1; done; exit 3"));
        Host.write(yaml, pod);
        units.write("kt-kube.kube", "[Kube]\nYaml=%s\nExitCodePropagation=any\n".formatted(yaml))
                .reload();
        units.systemctl("start", "kt-kube.service");
        units.systemctl("stop", "kt-kube.service");
        assertThat(units.is("kt-kube.service", "inactive")).isTrue();
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();

        units.systemctl("start", "kt-kube.service");
        kelpie.killService();
        assertThat(units.is("kt-kube.service", "active")).isTrue();
        kelpie.ok("exec", "kt-kube-a", "touch", "/tmp/end");
        units.awaitState("kt-kube.service", "failed");
        assertThat(units.show("kt-kube.service", "ExecMainStatus")).isEqualTo("3");
        Await.until("kube down", () -> kelpie.ok("pod", "ps", "-q").isEmpty());
    }

    @Test
    void generatesAUnitThatMakesTheSameContainerAgain() {
        kelpie.ok(
                "create",
                "--name=kt-twin",
                "--env=A=x y $HOME 100%",
                "--label=l=v 1",
                "--volume=kt-v:/d",
                "--volume=/etc:/e:ro",
                "--tmpfs=/t:size=1m",
                "--memory=100m",
                "--cpus=0.5",
                "--ulimit=nofile=100:200",
                "--device=/dev/null:/dev/zilch:r",
                "--cap-drop=NET_RAW",
                "--hostname=twin",
                "--read-only",
                "--init",
                "--stop-timeout=3",
                "--user=0:0",
                "--workdir=/d",
                "--add-host=sea:10.1.2.3",
                "--dns=10.9.9.9",
                Box.IMAGE,
                "sh",
                "-c",
                "echo \"$A\"; " + Box.staying());
        var before = settings(kelpie.inspect("kt-twin"));
        units.write("kt-twin.container", kelpie.ok("generate", "quadlet", "kt-twin") + "\n");
        kelpie.ok("rm", "kt-twin");
        units.reload().systemctl("start", "kt-twin.service");
        assertThat(settings(kelpie.inspect("kt-twin"))).isEqualTo(before);
        kelpie.awaitLog("kt-twin", "x y $HOME 100%");
    }

    @Test
    void generatesUnitsOfSystemdThatStartOrMakeAContainer() {
        kelpie.ok("create", "--name=kt-old", Box.IMAGE, "sh", "-c", Box.staying());
        var unit = Path.of("/run/systemd/system/container-kt-old.service");
        Host.write(unit, kelpie.ok("generate", "systemd", "--name", "kt-old") + "\n");
        units.reload().systemctl("start", "container-kt-old");
        var pid = units.show("container-kt-old", "MainPID");
        assertThat(Path.of("/proc/" + pid + "/comm")).hasContent("conmon\n");
        Host.write(unit, kelpie.ok("generate", "systemd", "--new", "--name", "kt-old") + "\n");
        units.systemctl("stop", "container-kt-old");
        assertThat(kelpie.state("kt-old")).isEqualTo("exited");
        kelpie.ok("rm", "kt-old");
        units.reload().systemctl("start", "container-kt-old");
        assertThat(kelpie.state("kt-old")).isEqualTo("running");
        units.systemctl("stop", "container-kt-old");
        assertThat(kelpie.ok("ps", "-a", "-q")).isEmpty();
        Host.run("rm", unit.toString()).expect(0);
    }

    /// What of `inspect` was asked for and not given by a place or a moment.
    private static String settings(JsonNode container) {
        var config = (ObjectNode) container.get("Config");
        ((ObjectNode) config.get("Labels")).remove("PODMAN_SYSTEMD_UNIT");
        var host = container.get("HostConfig");
        var text = new StringBuilder();
        for (var key : List.of("Cmd", "Env", "Hostname", "Labels", "User", "WorkingDir")) {
            text.append(config.get(key)).append('\n');
        }
        for (var key :
                List.of("Memory", "NanoCpus", "CapDrop", "Dns", "ExtraHosts", "ReadonlyRootfs")) {
            text.append(host.get(key)).append('\n');
        }
        return text.toString();
    }

    @Test
    void updatesUnitsToNewerImagesAndTakesBackWhatDoesNotStart() {
        var image = "localhost/kt-fresh:1";
        kelpie.ok("tag", Box.IMAGE, image);
        units.write(
                        "kt-fresh.container",
                        container(Box.staying()).replace(Box.IMAGE, image) + "AutoUpdate=local\n")
                .reload()
                .systemctl("start", "kt-fresh.service");
        assertThat(kelpie.ok("auto-update", "--format", "{{.Updated}}")).isEqualTo("false");
        build(image, "FROM " + Box.IMAGE + "\nENV NEW=1\n");
        assertThat(kelpie.ok("auto-update", "--dry-run", "--format", "{{.Updated}}"))
                .isEqualTo("pending");
        assertThat(kelpie.ok("auto-update", "--format", "{{.Unit}} {{.Updated}}"))
                .isEqualTo("kt-fresh.service true");
        assertThat(kelpie.ok("exec", "systemd-kt-fresh", "env")).contains("NEW=1");
        build(image, "FROM scratch\nCOPY Containerfile /\n");
        var result = kelpie.run("auto-update", "--format", "{{.Updated}}").expect(125);
        assertThat(result.text()).isEqualTo("rolled back");
        assertThat(kelpie.ok("exec", "systemd-kt-fresh", "env")).contains("NEW=1");
    }

    private void build(String image, String containerfile) {
        var context = kelpie.directory().resolve("fresh");
        Host.write(context.resolve("Containerfile"), containerfile);
        kelpie.ok("build", "-q", "-t", image, context.toString());
    }
}
