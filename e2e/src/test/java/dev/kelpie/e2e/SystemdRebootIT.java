package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What is to run comes back by itself when the host has been switched off and on: units of the
/// system and of a user who is not logged in, and what `kelpie-boot.service` looks after. The two
/// tests are the halves of one; whoever calls them (`e2e/vm-run`) restarts the host in between and
/// says so by `-Dkelpie.reboot=before` and `=after`. They use the host's own, installed Kelpie.
@OnlyKelpie
class SystemdRebootIT {
    private static final Path NOTE = Path.of("/var/tmp/kelpie-reboot");
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Path UNITS = Path.of("/etc/containers/systemd");
    private static final String USER = "dev";
    private static final Path USERS_UNITS =
            Path.of("/home", USER, ".config/containers/systemd/kr-user.container");

    private static void assumeHalf(String half) {
        assumeTrue(
                half.equals(System.getProperty("kelpie.reboot")),
                "nobody is there to restart this host between two halves of a test");
    }

    @Test
    void leavesWhatIsToComeBack() {
        assumeHalf("before");
        var box = new Kelpie(Engine.makeDirectory());
        kelpie("build", "-q", "-t", Box.IMAGE, Box.context(box.directory()).toString());
        kelpie("save", "-q", "-o", NOTE + ".tar", Box.IMAGE);
        writeUnits();
        systemctl("daemon-reload");
        systemctl("start", "kr-web.service", "kr-t@blue.service");
        systemctl("enable", "--now", "kelpie-boot.service");
        systemctl("enable", "kelpie-auto-update.timer");
        kelpie("exec", "systemd-kr-db", "sh", "-c", "echo moo >/data/cow");
        run("kr-always", "always");
        run("kr-never", "no");
        var pod = Box.pod("kr-pod", Box.container("a", Box.staying()));
        kelpie("kube", "play", Host.write(box.directory().resolve("pod.yaml"), pod).toString());
        leaveAUsersUnit();
        Host.write(NOTE, Host.read(BOOT_ID));
    }

    private static void writeUnits() {
        unit("kr-data.volume", "[Volume]\n");
        unit("kr-lan.network", "[Network]\n");
        unit("kr-db.container", container("kr-db") + "Volume=kr-data.volume:/data\n");
        unit(
                "kr-web.container",
                "[Unit]\nRequires=kr-db.container\nAfter=kr-db.container\n"
                        + container("kr-web")
                        + "[Install]\nWantedBy=multi-user.target\n");
        unit(
                "kr-t@.container",
                container("kr-t %i").replace("Network=kr-lan.network\n", "")
                        + "[Install]\nDefaultInstance=blue\nWantedBy=multi-user.target\n");
    }

    private static String container(String name) {
        return """
        [Container]
        Image=%s
        Network=kr-lan.network
        Exec=sh -c "echo here is %s; %s"
        """
                .formatted(Box.IMAGE, name, Box.staying().replace("$", "$$"));
    }

    private static void leaveAUsersUnit() {
        Host.run("loginctl", "enable-linger", USER).expect(0);
        Await.until("the user's systemd", () -> Files.exists(bus()));
        Host.write(
                USERS_UNITS,
                container("kr-user").replace("Network=kr-lan.network\n", "")
                        + "[Install]\nWantedBy=default.target\n");
        Host.run("chown", "-R", USER + ":", "/home/" + USER + "/.config").expect(0);
        asUser("systemctl", "--user", "daemon-reload");
        kelpieOfUser("load", "-q", "-i", NOTE + ".tar");
        asUser("systemctl", "--user", "enable", "--now", "kelpie-boot.service");
        kelpieOfUser(
                "run",
                "-d",
                "--restart=always",
                "--stop-timeout=1",
                "--name=kr-mine",
                Box.IMAGE,
                "sleep",
                "9999");
    }

    @Test
    void findsItAgain() {
        assumeHalf("after");
        assertThat(Host.read(BOOT_ID)).isNotEqualTo(Host.read(NOTE));
        for (var unit : List.of("kr-web", "kr-db", "kr-t@blue", "kelpie-boot")) {
            awaitActive(unit + ".service", "systemctl");
        }
        assertThat(systemctl("is-active", "kelpie-auto-update.timer")).isEqualTo("active");
        assertThat(moment("kr-web.service", "InactiveExitTimestampMonotonic"))
                .isGreaterThanOrEqualTo(moment("kr-db.service", "ActiveEnterTimestampMonotonic"));
        assertThat(moment("kr-db.service", "InactiveExitTimestampMonotonic"))
                .isGreaterThanOrEqualTo(
                        moment("kr-lan-network.service", "ActiveEnterTimestampMonotonic"));
        assertThat(kelpie("exec", "systemd-kr-db", "cat", "/data/cow")).isEqualTo("moo");
        assertThat(Host.run("journalctl", "-b", "-u", "kr-t@blue").stdout())
                .contains("here is kr-t blue");
        assertThat(kelpie("ps", "--format", "{{.Names}}").lines())
                .contains("kr-always", "kr-pod-a", "systemd-kr-web")
                .doesNotContain("kr-never");
        assertThat(kelpie("container", "inspect", "-f", "{{.State.Status}}", "kr-never"))
                .isEqualTo("exited");
        findsTheUsersAgain();
        assertThat(Host.run("systemctl", "--failed", "--plain", "--no-legend").stdout()).isEmpty();
    }

    private static void findsTheUsersAgain() {
        Await.until("the user's systemd", () -> Files.exists(bus()));
        for (var unit : List.of("kr-user", "kelpie-boot")) {
            awaitActive(unit + ".service", asUserWords("systemctl", "--user"));
        }
        assertThat(kelpieOfUser("ps", "--format", "{{.Names}}").lines())
                .contains("kr-mine", "systemd-kr-user");
        assertThat(Host.run("loginctl", "list-sessions", "--no-legend").stdout())
                .doesNotContain(" " + USER + " ");
    }

    private static void unit(String name, String text) {
        Host.write(UNITS.resolve(name), text);
    }

    private static void run(String name, String restart) {
        // no signal ends it: the halt is to take its second, and not systemd's 90
        kelpie(
                "run",
                "-d",
                "--restart=" + restart,
                "--stop-timeout=1",
                "--name=" + name,
                Box.IMAGE,
                "sleep",
                "9999");
    }

    private static long moment(String unit, String property) {
        return Long.parseLong(systemctl("show", "-P", property, unit));
    }

    private static void awaitActive(String unit, String... systemctl) {
        Await.until(
                () -> unit + " to be active: " + ask(systemctl, "status", unit),
                () -> ask(systemctl, "is-active", unit).text().equals("active"));
    }

    private static Result ask(String[] words, String... more) {
        var command = new ArrayList<>(List.of(words));
        command.addAll(List.of(more));
        return Host.run(command.toArray(String[]::new));
    }

    private static String systemctl(String... words) {
        return ask(new String[] {"systemctl"}, words).expect(0).text();
    }

    private static String kelpie(String... words) {
        return ask(Kelpie.program().toArray(String[]::new), words).expect(0).text();
    }

    /// As a unit of the user's: a login of theirs is not needed.
    private static String kelpieOfUser(String... words) {
        var command =
                new ArrayList<>(List.of("systemd-run", "--user", "--pipe", "--wait", "--quiet"));
        command.addAll(Kelpie.program());
        command.addAll(List.of(words));
        return asUser(command.toArray(String[]::new));
    }

    private static String asUser(String... words) {
        return ask(asUserWords(), words).expect(0).text();
    }

    private static String[] asUserWords(String... words) {
        var command = new ArrayList<>(List.of("runuser", "-u", USER, "--", "env"));
        command.add("XDG_RUNTIME_DIR=" + bus().getParent());
        command.addAll(List.of(words));
        return command.toArray(String[]::new);
    }

    private static Path bus() {
        return Path.of("/run/user", Host.run("id", "-u", USER).text(), "bus");
    }
}
