package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What units and flags allow a container holds in cgroup v2, and units are kept up to date by the
/// timer that comes with Kelpie.
@OnlyKelpie
class SystemdLimitsIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final Path DROP_INS = Path.of("/run/systemd/system");

    private static Units units;

    private final Kelpie kelpie = ENGINE.kelpie();

    @BeforeAll
    static void installTheGenerator() {
        units = Units.install(ENGINE.kelpie());
    }

    @AfterEach
    void removeTheUnits() {
        units.clear();
    }

    @AfterAll
    static void uninstallTheGenerator() {
        if (units != null) {
            units.uninstall();
        }
    }

    private static String container(String image, String shell) {
        return "[Container]\nImage=%s\nStopTimeout=5\nExec=sh -c \"%s\"\n"
                .formatted(image, shell.replace("$", "$$"));
    }

    @Test
    void holdsTheLimitsOfTheUnitAndOfTheContainer() {
        var disk = disk();
        units.write(
                        "kt-lim.container",
                        container(Box.IMAGE, "echo held; " + Box.staying())
                                + limits(disk[0])
                                + "[Service]\nMemoryMax=200M\nTasksMax=60\n")
                .write(
                        "kt-join.container",
                        container(Box.IMAGE, Box.staying()) + "Network=kt-lim.container\n")
                .reload()
                .systemctl("start", "kt-join.service");
        assertThat(units.is("kt-lim.service", "active")).isTrue();

        var group = group("systemd-kt-lim");
        assertThat(group.resolve("memory.max")).hasContent("67108864");
        assertThat(group.resolve("memory.high")).hasContent("50331648");
        assertThat(group.resolve("cpu.max")).hasContent("50000 100000");
        assertThat(group.resolve("pids.max")).hasContent("50");
        assertThat(group.resolve("io.max"))
                .hasContent(disk[1] + " rbps=1048576 wbps=max riops=max wiops=100");
        if (Files.exists(group.resolve("io.bfq.weight"))) { // a module of many kernels
            assertThat(group.resolve("io.bfq.weight")).hasContent("default 200");
        }
        assertThat(group.resolveSibling("memory.max")).hasContent("209715200");
        assertThat(group.resolveSibling("pids.max")).hasContent("60");

        assertThat(kelpie.log("systemd-kt-lim")).isEqualTo("held");
        var id = "CONTAINER_ID_FULL=" + kelpie.inspect("systemd-kt-lim").get("Id").asText();
        assertThat(Host.run("journalctl", "-o", "cat", id).text()).isEqualTo("held");
        assertThat(network("systemd-kt-join")).isEqualTo(network("systemd-kt-lim"));
        units.systemctl("stop", "kt-lim.service");
        assertThat(units.is("kt-join.service", "inactive")).isTrue();
    }

    private static String limits(String disk) {
        return """
        Memory=64m
        LogDriver=journald
        PodmanArgs=--cpus=0.5 --pids-limit=50 --blkio-weight=200 --cgroup-conf=memory.high=50331648
        PodmanArgs=--device-read-bps=/dev/%1$s:1m --device-write-iops=/dev/%1$s:100
        """
                .formatted(disk);
    }

    /// A disk of the host: its name and its numbers.
    private static String[] disk() {
        return Host.run("lsblk", "-d", "-n", "-e", "1,7,11", "-o", "NAME,MAJ:MIN")
                .expect(0)
                .lines()
                .getFirst()
                .trim()
                .split("\\s+");
    }

    private Path group(String container) {
        var line = Host.read(Path.of("/proc/" + kelpie.pid(container) + "/cgroup")).strip();
        return Path.of("/sys/fs/cgroup" + line.substring(line.lastIndexOf(':') + 1));
    }

    private String network(String container) {
        return Host.run("readlink", "/proc/" + kelpie.pid(container) + "/ns/net").text();
    }

    @Test
    void failsWithTheSignalWhenItTakesMoreMemoryThanItMay() {
        units.write(
                        "kt-eater.container",
                        container(Box.IMAGE, "x=0123456789abcdef; while :; do x=$x$x; done")
                                + "[Service]\nMemoryMax=20M\nMemorySwapMax=0\nRestart=no\n")
                .reload()
                .run("start", "kt-eater.service");
        units.awaitState("kt-eater.service", "failed");
        assertThat(units.show("kt-eater.service", "ExecMainStatus")).isEqualTo("137");
        // systemd may have heard of either first
        assertThat(units.show("kt-eater.service", "Result")).isIn("oom-kill", "exit-code");
    }

    @Test
    void itsTimerUpdatesUnitsFromARegistryAndTakesBackWhatDoesNotStart() {
        try (var registry = Registry.start(kelpie.directory())) {
            var image = registry.host() + "/kt/fresh:1";
            push(image, "");
            units.write(
                            "kt-fresh.container",
                            container(image, Box.staying())
                                    + "AutoUpdate=registry\nPodmanArgs=--tls-verify=false\n")
                    .reload()
                    .systemctl("start", "kt-fresh.service");
            push(image, "ENV NEW=1\n");
            assertThat(update("--dry-run")).isEqualTo("pending");
            assertThat(kelpie.ok("exec", "systemd-kt-fresh", "env")).doesNotContain("NEW=1");
            letTheTimerUpdate();
            assertThat(update()).isEqualTo("false");

            push(image, "RUN [\"busybox\", \"rm\", \"/bin/sh\"]\n");
            var result = kelpie.run(updating()).expect(125);
            assertThat(result.text()).isEqualTo("rolled back");
            assertThat(kelpie.ok("exec", "systemd-kt-fresh", "env")).contains("NEW=1");
        }
    }

    private void push(String image, String more) {
        var context = kelpie.directory().resolve("fresh");
        Host.write(context.resolve("Containerfile"), "FROM " + Box.IMAGE + "\n" + more);
        kelpie.ok("build", "-q", "-t", "localhost/fresh:1", context.toString());
        kelpie.ok("push", "-q", "--tls-verify=false", "localhost/fresh:1", image);
    }

    private String update(String... flags) {
        return kelpie.ok(updating(flags));
    }

    private static String[] updating(String... flags) {
        var words = new ArrayList<>(List.of("auto-update"));
        words.addAll(List.of("--tls-verify=false", "--format", "{{.Updated}}"));
        words.addAll(List.of(flags));
        return words.toArray(String[]::new);
    }

    /// The timer and the service that come with Kelpie, at once and for this engine.
    private void letTheTimerUpdate() {
        var folder = kelpie.directory().resolve("units");
        Host.run(Units.home().resolve("units").toString(), folder.toString()).expect(0);
        var written = folder.resolve("lib/systemd/system");
        var call = String.join(" ", kelpie.command("auto-update", "--tls-verify=false"));
        for (var type : new String[] {".service", ".timer"}) {
            var text =
                    Host.read(written.resolve("kelpie-auto-update" + type))
                            .replaceAll("(?m)^ExecStart=.*", "ExecStart=" + call)
                            .replaceAll("(?m)^ExecStartPost=.*\n", "")
                            .replaceAll("(?m)^RandomizedDelaySec=.*\n", "")
                            .replaceAll("(?m)^OnCalendar=.*", "OnActiveSec=0");
            Host.write(DROP_INS.resolve("kt-auto-update" + type), text);
        }
        units.reload().systemctl("start", "kt-auto-update.timer");
        Await.until(
                () -> "an update: " + units.journal("kt-auto-update.service"),
                () -> kelpie.run("exec", "systemd-kt-fresh", "env").text().contains("NEW=1"));
        units.awaitState("kt-auto-update.service", "inactive");
        assertThat(units.show("kt-auto-update.service", "Result")).isEqualTo("success");
        units.systemctl("stop", "kt-auto-update.timer");
        Host.run("rm", DROP_INS + "/kt-auto-update.timer", DROP_INS + "/kt-auto-update.service")
                .expect(0);
    }
}
