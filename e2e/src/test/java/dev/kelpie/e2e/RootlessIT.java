package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What is special for an ordinary user; all other classes run for one too (`e2e/user-run`).
@OnlyKelpie
class RootlessIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @BeforeAll
    static void needsAnOrdinaryUser() {
        assumeFalse(Host.isRoot(), "runs as root");
    }

    @Test
    void containersAreRootOnlyInTheirOwnEyes() {
        kelpie.ok("run", "-d", "--name", "c", "--network", "none", Box.IMAGE, "sleep", "1000");
        assertThat(kelpie.ok("exec", "c", "id", "-u")).isEqualTo("0");
        var status = Host.read(Path.of("/proc/" + kelpie.pid("c") + "/status"));
        assertThat(status).contains("Uid:\t" + Host.run("id", "-u").text() + "\t");
    }

    @Test
    void otherUsersOfTheImageAreSubordinateIds() {
        kelpie.ok("run", "-d", "--name", "c", "--user", "1000", Box.IMAGE, "sleep", "1000");
        var status = Host.read(Path.of("/proc/" + kelpie.pid("c") + "/status"));
        var first = Host.run("sh", "-c", "grep ^$(id -un): /etc/subuid | cut -d: -f2").text();
        assertThat(status).contains("Uid:\t" + (Long.parseLong(first) + 999) + "\t");
    }

    @Test
    void unshareShowsFilesAsContainersSeeThem() {
        assertThat(kelpie.ok("unshare", "id", "-u")).isEqualTo("0");
        assertThat(kelpie.run("unshare", "sh", "-c", "exit 7").exitCode()).isEqualTo(7);
        assertThat(kelpie.ok("unshare", "pwd")).isEqualTo(kelpie.directory().toString());
    }

    /// With no container and no service the namespace goes with the last program in it.
    @Test
    void unshareLeavesNoProcessBehind() {
        kelpie.removeAll();
        kelpie.ok("system", "service", "--stop");
        var holder = kelpie.runroot().resolve("holder");
        Await.until("the service's holder to end", () -> !Files.exists(holder));
        var pid = kelpie.ok("unshare", "sh", "-c", "cut -d' ' -f1 <" + holder);
        assertThat(pid).matches("[0-9]+");
        assertThat(holder).doesNotExist();
        Await.until("the holder to end", () -> !Files.exists(Path.of("/proc", pid)));
        kelpie.ok("run", "-d", "--name", "c", "--network", "none", Box.IMAGE, "sleep", "1000");
        kelpie.ok("system", "service", "--stop");
        kelpie.ok("unshare", "true");
        assertThat(kelpie.ok("exec", "c", "echo", "still")).isEqualTo("still");
        assertThat(holder).exists();
    }

    @Test
    void limitsThatCannotHoldAreSaid() {
        assumeTrue(!kelpie.holdsLimits(), "this user has a control group");
        var result = kelpie.run("run", "--rm", "--memory", "16m", Box.IMAGE, "true");
        assertThat(result.expect(0).stderr()).contains("requests and limits have no effect");
    }

    /// By systemd, for the user's session; `e2e/vm-run` has one.
    @Test
    void limitsHoldInTheControlGroupThatTheHostLends() {
        assumeTrue(kelpie.holdsLimits(), "this user has no control group");
        limitsHold("first");
        kelpie.killService();
        limitsHold("later"); // the next service comes from outside of the group
        kelpie.removeAll();
    }

    private void limitsHold(String name) {
        kelpie.ok(limited("-d", "--name", name, "sleep", "1000"));
        var group = Host.read(Path.of("/proc/" + kelpie.pid(name) + "/cgroup"));
        var folder = Path.of("/sys/fs/cgroup" + group.strip().replaceFirst("^0::", ""));
        assertThat(group).contains("/user@").contains(".scope/");
        assertThat(folder.resolve("memory.max")).hasContent("16777216");
        assertThat(folder.resolve("pids.max")).hasContent("10");
        var forks = "for i in $(seq 20); do sleep 3 & done; wait";
        assertThat(kelpie.run("exec", name, "sh", "-c", forks).stderr()).contains("can't fork");
        assertThat(kelpie.run(limited("--rm", "busybox", "tail", "/dev/zero")).exitCode())
                .isEqualTo(137);
    }

    private static String[] limited(String... words) {
        var all = new ArrayList<>(List.of("run", "--memory", "16m", "--pids-limit", "10"));
        var flags = words[0].equals("-d") ? 3 : 1;
        all.addAll(List.of(words).subList(0, flags));
        all.add(Box.IMAGE);
        all.addAll(List.of(words).subList(flags, words.length));
        return all.toArray(String[]::new);
    }

    @Test
    void portsBelowTheHostsFirstAreRefusedWithTheirReason() {
        var first =
                Integer.parseInt(
                        Host.read(Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start"))
                                .strip());
        assumeTrue(first > 79, "this host gives every port to everybody");
        var said = kelpie.fails(125, "run", "-d", "-p", "79:79", Box.IMAGE, "sleep", "1000");
        assertThat(said).contains("79").contains("ermission denied");
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void aKilledServiceIsFollowedByOneInTheSameNamespace() {
        kelpie.ok("run", "-d", "--name", "c", Box.IMAGE, "sleep", "1000");
        var holder = Host.read(kelpie.runroot().resolve("holder"));
        kelpie.killService();
        assertThat(kelpie.ok("exec", "c", "echo", "on")).isEqualTo("on");
        assertThat(Host.read(kelpie.runroot().resolve("holder"))).isEqualTo(holder);
    }

    @Test
    void aKilledHolderIsFollowedByOneInTheSameNamespace() {
        kelpie.ok("run", "-d", "--name", "c", Box.IMAGE, "sleep", "1000");
        var holder = Host.read(kelpie.runroot().resolve("holder")).split(" ", 2)[0];
        var namespace = Host.run("readlink", "/proc/" + holder + "/ns/mnt").text();
        kelpie.killService();
        Host.run("kill", "-KILL", holder).expect(0);
        Await.until("the holder to end", () -> !Files.exists(Path.of("/proc", holder)));
        assertThat(kelpie.ok("exec", "c", "echo", "on")).isEqualTo("on");
        var next = Host.read(kelpie.runroot().resolve("holder")).split(" ", 2)[0];
        assertThat(next).isNotEqualTo(holder);
        assertThat(Host.run("readlink", "/proc/" + next + "/ns/mnt").text()).isEqualTo(namespace);
        kelpie.ok("rm", "--force", "--time", "0", "c");
    }

    @Test
    void nothingHoldsTheNamespaceWhenNothingRuns() {
        kelpie.ok("ps");
        var holder = Host.read(kelpie.runroot().resolve("holder")).split(" ", 2)[0];
        kelpie.stopService();
        Await.until("the holder to end", () -> !Files.exists(Path.of("/proc", holder)));
    }
}
