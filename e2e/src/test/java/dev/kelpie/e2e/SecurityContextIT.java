package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `securityContext` of pods and containers, seen from inside and refused from outside.
class SecurityContextIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    /// Makes mkdir fail, all else is allowed.
    private static final String NO_FOLDERS =
            """
            {"defaultAction": "SCMP_ACT_ALLOW",
             "syscalls": [{"names": ["mkdir", "mkdirat"], "action": "SCMP_ACT_ERRNO", "errnoRet": 1}]}
            """;

    private final Kelpie kelpie = ENGINE.kelpie();

    /// What a container with these contexts says of itself, in words of a shell line.
    private String says(String name, String pod, String container, String shell, String... flags) {
        kelpie.play(
                yaml(name, pod, container, "", "exec 2>&1; " + shell + "; echo -- done"), flags);
        kelpie.awaitLog(name + "-c", "-- done");
        return kelpie.log(name + "-c");
    }

    private static String yaml(
            String name, String pod, String container, String image, String shell) {
        var yaml =
                Box.podWith(
                        name,
                        "restartPolicy: Never\nvolumes: [{name: v, emptyDir: {}},"
                                + " {name: m, emptyDir: {medium: Memory}}]\nsecurityContext: {"
                                + pod
                                + "}\n",
                        Box.containerWith(
                                "c",
                                shell,
                                "volumeMounts: [{name: v, mountPath: /v},"
                                        + " {name: m, mountPath: /m}]\nsecurityContext: {"
                                        + container
                                        + "}\n"));
        return image.isEmpty() ? yaml : yaml.replace(Box.IMAGE, image);
    }

    /// Refused with this reason, and nothing is there of it.
    private void refused(String yaml, String reason, String... flags) {
        assertThat(kelpie.playFails(yaml, flags)).contains(reason);
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    /// The usual image with another user, and more lines in its passwd.
    private String image(String name, String user, String passwd) {
        var context = kelpie.directory().resolve(name);
        Host.write(context.resolve("passwd"), passwd);
        Host.write(
                context.resolve("Containerfile"),
                "FROM " + Box.IMAGE + "\nCOPY passwd /etc/passwd\nUSER " + user + "\n");
        kelpie.ok("build", "-t", "localhost/" + name + ":1", context.toString());
        return "localhost/" + name + ":1";
    }

    @Test
    void runsAsUserAndGroupsOfThePodAndTheImage() {
        var said =
                says(
                        "who",
                        "runAsUser: 1000, runAsGroup: 3000, supplementalGroups: [4000],"
                                + " fsGroup: 2000",
                        "",
                        "id -u; id -g; id -G");
        assertThat(said).startsWith("1000\n3000\n");
        assertThat(said.lines().toList().get(2).split(" "))
                .containsExactlyInAnyOrder("3000", "100", "2000", "4000");
    }

    @Test
    void strictGroupsAreNotTheImages() {
        var said =
                says(
                        "strict",
                        "runAsUser: 1000, runAsGroup: 3000, supplementalGroups: [4000],"
                                + " supplementalGroupsPolicy: Strict",
                        "runAsUser: 1000",
                        "id -G");
        assertThat(said.lines().findFirst().orElseThrow().split(" "))
                .containsExactlyInAnyOrder("3000", "4000");
    }

    @Test
    void aGroupAloneGoesWithTheImagesUser() {
        var image = image("mates", "mate", "root:x:0:0::/:/bin/sh\nmate:x:1000:100::/:/bin/sh\n");
        var yaml = yaml("groupie", "runAsGroup: 7", "", image, "id -u; id -g; echo -- done");
        kelpie.play(yaml);
        kelpie.awaitLog("groupie-c", "-- done");
        assertThat(kelpie.log("groupie-c")).startsWith("1000\n7\n");
    }

    /// An image that calls root `1000` gives root to nobody.
    @Test
    void aUserByNumberIsThatNumber() {
        var image = image("evil", "0", "root:x:0:0::/:/bin/sh\n1000:x:0:0::/:/bin/sh\n");
        var yaml = yaml("numbered", "runAsUser: 1000", "", image, "id -u; echo -- done");
        kelpie.play(yaml);
        kelpie.awaitLog("numbered-c", "-- done");
        assertThat(kelpie.log("numbered-c")).startsWith("1000\n");
    }

    @Test
    void volumesBelongToTheFsGroup() {
        var said =
                says(
                        "fs",
                        "runAsUser: 1000, runAsGroup: 3000, fsGroup: 2000",
                        "",
                        "busybox stat -c '%a %g' /v /m; touch /v/f /m/f;"
                                + " busybox stat -c '%u %g' /v/f /m/f");
        assertThat(said).startsWith("2777 2000\n2777 2000\n1000 2000\n1000 2000\n");
    }

    /// As in Kubernetes, one that is not root can work in a part of its volume too.
    @Test
    void aSubPathIsAsOpenAsItsVolume() {
        var yaml =
                yaml("part", "runAsUser: 1000, fsGroup: 2000", "", "", "busybox stat -c '%a %g' /v")
                        .replace("mountPath: /v}", "mountPath: /v, subPath: a/b}");
        kelpie.play(yaml);
        kelpie.awaitLog("part-c", "2777 2000");
    }

    @Test
    void theUsualConfinementIsPodmansAndTheKubelets() {
        var said =
                says(
                        "usual",
                        "",
                        "",
                        "grep -E 'CapEff|NoNewPrivs|Seccomp:' /proc/self/status;"
                                + " busybox wc -c < /proc/interrupts; echo x > /proc/sys/kernel/domainname;"
                                + " cat /proc/sys/net/ipv4/ping_group_range");
        assertThat(said)
                .contains("CapEff:\t00000000800405fb")
                .contains("NoNewPrivs:\t0")
                .contains("Seccomp:\t2\n0\n")
                .contains("Read-only file system")
                .contains("\n0\t0\n");
    }

    @Test
    void capabilitiesAreDroppedAndAdded() {
        var said =
                says(
                        "caps",
                        "",
                        "capabilities: {drop: [ALL], add: [NET_BIND_SERVICE]},"
                                + " allowPrivilegeEscalation: false",
                        "grep -E 'CapEff|CapBnd|NoNewPrivs' /proc/self/status");
        assertThat(said)
                .contains("CapEff:\t0000000000000400")
                .contains("CapBnd:\t0000000000000400")
                .contains("NoNewPrivs:\t1");
        var all =
                says(
                        "most",
                        "",
                        "capabilities: {add: [ALL], drop: [CHOWN]}",
                        "grep CapEff /proc/self/status");
        assertThat(all).containsPattern("CapEff:\t[0-9a-f]*[02468ace]\n");
    }

    @Test
    void theRootIsReadOnly() {
        var said =
                says(
                        "ro",
                        "",
                        "readOnlyRootFilesystem: true",
                        "touch /file; touch /v/file && echo volume is writable");
        assertThat(said).contains("/file: Read-only file system").contains("volume is writable");
    }

    @Test
    void sysctlsAreThePodsOwn() {
        var host = Path.of("/proc/sys/net/ipv4/ip_unprivileged_port_start");
        var before = Host.read(host);
        var said =
                says(
                        "sysctl",
                        "sysctls: [{name: net.ipv4.ip_unprivileged_port_start, value: '7'},"
                                + " {name: kernel.shm_rmid_forced, value: '1'}]",
                        "",
                        "cat /proc/sys/net/ipv4/ip_unprivileged_port_start"
                                + " /proc/sys/kernel/shm_rmid_forced");
        assertThat(said).startsWith("7\n1\n");
        assertThat(Host.read(host)).isEqualTo(before);
    }

    @Test
    void aSysctlThatNoPodHasIsRefused() {
        refused(
                yaml("none", "sysctls: [{name: net.core.netdev_budget, value: '7'}]", "", "", "id"),
                "no sysctl 'net/core/netdev_budget' in a namespace of its own");
    }

    @Test
    void runAsNonRootIsHeldAgainstTheImage() {
        refused(
                yaml("never", "runAsNonRoot: true", "", "", "id"),
                "container has runAsNonRoot and image will run as root (pod: \"never_default\","
                        + " container: c)");
        var passwd = "root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\nmate:x:1000:100::/:/bin/sh\n";
        refused(
                yaml("alias", "", "runAsNonRoot: true", image("alias", "toor", passwd), "id"),
                "container has runAsNonRoot and image will run as root");
        refused(
                yaml("ghost", "", "runAsNonRoot: true", image("ghost", "ghost", passwd), "id"),
                "image has non-numeric user (ghost), cannot verify user is non-root");
        var good = yaml("good", "runAsNonRoot: true", "", image("good", "mate", passwd), "id -u");
        kelpie.play(good);
        kelpie.awaitLog("good-c", "1000");
    }

    /// What the image said of its users at first does not count for ever.
    @Test
    void runAsNonRootHoldsAtEachStart() {
        var passwd = "root:x:0:0::/:/bin/sh\nmate:x:1000:100::/:/bin/sh\n";
        var yaml = yaml("later", "runAsNonRoot: true", "", image("mated", "mate", passwd), "id -u");
        kelpie.play(yaml.replace("id -u", Box.staying()));
        kelpie.ok(
                "exec",
                "-u",
                "0",
                "later-c",
                "sh",
                "-c",
                "echo mate:x:0:0::/:/bin/sh > /etc/passwd");
        assertThat(kelpie.fails(125, "restart", "later-c"))
                .contains("container has runAsNonRoot and image will run as root (user 'mate')");
        assertThat(kelpie.state("later-c")).isNotEqualTo("running");
    }

    @Test
    void aSeccompProfileOfTheHostHolds() throws IOException {
        var folder = kelpie.directory().resolve("profiles");
        Host.write(folder.resolve("deep/no-folders.json"), NO_FOLDERS);
        var root = "--seccomp-profile-root=" + folder;
        var local = "seccompProfile: {type: Localhost, localhostProfile: deep/no-folders.json}";
        var shell = "grep Seccomp: /proc/self/status; mkdir /v/folder";
        assertThat(says("local", local, "", shell, root))
                .contains("Seccomp:\t2", "Operation not permitted");
        assertThat(says("free", local, "seccompProfile: {type: Unconfined}", shell, root))
                .contains("Seccomp:\t0")
                .doesNotContain("not permitted");
        kelpie.removeAll();
        var outside = Host.write(kelpie.directory().resolve("outside.json"), NO_FOLDERS);
        Files.createSymbolicLink(folder.resolve("link.json"), outside);
        Files.createSymbolicLink(folder.resolve("up.json"), Path.of("../outside.json"));
        for (var name : List.of("link.json", "up.json", "missing.json")) {
            var profile = "seccompProfile: {type: Localhost, localhostProfile: " + name + "}";
            refused(
                    yaml("out", profile, "", "", "id"),
                    "there is no seccomp profile '" + name + "' inside '" + folder + "'",
                    root);
        }
    }

    @Test
    void whatTheHostLacksIsRefusedWithTheReason() {
        assumeFalse(Files.exists(Path.of("/sys/fs/selinux/enforce")), "this host has SELinux");
        assumeFalse(Files.exists(Path.of("/sys/module/apparmor")), "this host has AppArmor");
        refused(
                yaml("se", "seLinuxOptions: {type: spc_t}", "", "", "id"),
                "container 'se-c': cannot apply seLinuxOptions: SELinux is not enabled on the host");
        refused(
                yaml("aa", "", "appArmorProfile: {type: RuntimeDefault}", "", "id"),
                "container 'aa-c': cannot enforce AppArmor: AppArmor is not enabled on the host");
        assertThat(says("nix", "", "appArmorProfile: {type: Unconfined}", "id -u")).startsWith("0");
    }

    @Test
    void runTakesTheSameByFlags() {
        var profile = Host.write(kelpie.directory().resolve("mine.json"), NO_FOLDERS);
        var said =
                kelpie.ok(
                        "run",
                        "--rm",
                        "--user=1000:3000",
                        "--group-add=crew",
                        "--group-add=4000",
                        "--cap-drop=all",
                        "--security-opt=no-new-privileges",
                        "--security-opt=seccomp=" + profile,
                        "--security-opt=mask=/proc/cpuinfo",
                        "--security-opt=unmask=/proc/sys",
                        "--sysctl=net.ipv4.ip_unprivileged_port_start=7",
                        Box.IMAGE,
                        "sh",
                        "-c",
                        "id -G; grep -E 'CapBnd|NoNewPrivs|Seccomp:' /proc/self/status;"
                                + " mkdir /tmp/x 2>&1; busybox wc -c < /proc/cpuinfo;"
                                + " cat /proc/sys/net/ipv4/ip_unprivileged_port_start;"
                                + " grep -c ' /proc/sys ' /proc/self/mounts || true");
        assertThat(said)
                .startsWith("3000 100 4000\n")
                .contains("CapBnd:\t0000000000000000", "NoNewPrivs:\t1", "Seccomp:\t2")
                .contains("Operation not permitted")
                .endsWith("\n0\n7\n0");
    }

    @Test
    void runHidesProcessesOfOthers() {
        var mounts =
                kelpie.ok(
                        "run",
                        "--rm",
                        "--security-opt=proc-opts=hidepid=2",
                        Box.IMAGE,
                        "grep",
                        " /proc proc ",
                        "/proc/self/mounts");
        assertThat(mounts).containsAnyOf("hidepid=2", "hidepid=invisible");
    }

    @Test
    void runRefusesWhatIsNotItsOwn() {
        assertThat(kelpie.fails(125, "run", "--sysctl=kernel.panic=1", Box.IMAGE, "id"))
                .contains("\"kernel.panic\" is the whole host's");
        assertThat(
                        kelpie.fails(
                                125,
                                "run",
                                "--network=host",
                                "--sysctl=net.core.somaxconn=1",
                                Box.IMAGE,
                                "id"))
                .contains("network namespace of others");
        assertThat(kelpie.fails(125, "run", "--security-opt=seccomp=/no/such", Box.IMAGE, "id"))
                .contains("there is no seccomp profile '/no/such'");
        assertThat(kelpie.fails(125, "run", "--cap-add=FLY", Box.IMAGE, "id"))
                .contains("unknown capability: \"FLY\"");
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void inspectShowsWhatWasAsked() {
        kelpie.ok(
                "create",
                "--name=shown",
                "--group-add=5",
                "--security-opt=no-new-privileges",
                "--security-opt=seccomp=unconfined",
                "--security-opt=mask=/proc/a",
                Box.IMAGE,
                "id");
        var host = kelpie.inspect("shown").at("/HostConfig");
        assertThat(host.at("/GroupAdd/0").asText()).isEqualTo("5");
        assertThat(host.at("/SecurityOpt").toString())
                .isEqualTo("[\"no-new-privileges\",\"seccomp=unconfined\",\"mask=/proc/a\"]");
    }
}
