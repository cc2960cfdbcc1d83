package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Pods whose users are nobody on the host: what they see of their files, and what the host sees of
/// them.
class UserNamespaceIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String MAP = "/proc/self/uid_map";

    private final Kelpie kelpie = ENGINE.kelpie();

    @AfterEach
    void nothingStays() {
        kelpie.removeAll();
        kelpie.ok("volume", "rm", "--all", "--force");
    }

    private String yaml() {
        return """
        {apiVersion: v1, kind: Secret, metadata: {name: word}, stringData: {key: xyzzy}}
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: conf}, data: {key: plugh}}
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: apart}
        spec:
          hostUsers: false
          terminationGracePeriodSeconds: 1
          securityContext: {fsGroup: 2000}
          volumes:
            - {name: disk, emptyDir: {}}
            - {name: memory, emptyDir: {medium: Memory}}
            - {name: word, secret: {secretName: word}}
            - {name: conf, configMap: {name: conf}}
          containers:
            - name: root
              image: localhost/box:1
              command: [sh, -c, "trap 'exit 0' TERM; sleep 1000 & wait"]
              securityContext: {procMount: Unmasked, capabilities: {add: [NET_ADMIN]}}
              volumeMounts: &all
                - {name: disk, mountPath: /disk}
                - {name: memory, mountPath: /memory}
                - {name: word, mountPath: /word}
                - {name: conf, mountPath: /conf}
            - name: mate
              image: localhost/box:1
              command: [sh, -c, "trap 'exit 0' TERM; sleep 1000 & wait"]
              securityContext: {runAsUser: 1000}
              volumeMounts: *all
        """;
    }

    private String in(String container, String shell) {
        return kelpie.ok("exec", container, "sh", "-c", shell);
    }

    /// Type, mode, owner and group of a file as `ls -ln` has them.
    private String owner(String container, String path) {
        var words = in(container, "ls -lnd " + path).split("\\s+", -1);
        return words[0] + " " + words[2] + ":" + words[3];
    }

    /// User ids of the process as the host calls them.
    private static long hostsUser(long pid) {
        return Host.read(Path.of("/proc/" + pid + "/status"))
                .lines()
                .filter(line -> line.startsWith("Uid:"))
                .map(line -> Long.valueOf(line.split("\\s+", -1)[1]))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void rootIsNobodyOnTheHostAndOwnsItsFiles() {
        kelpie.play(yaml());
        var root = hostsUser(kelpie.pid("apart-root"));
        assertThat(root).isGreaterThan(65_535);
        assertThat(hostsUser(kelpie.pid("apart-mate"))).isEqualTo(root + 1000);
        for (var path : List.of("/", "/bin/busybox", "/etc/hosts", "/etc/passwd")) {
            assertThat(owner("apart-root", path)).endsWith(" 0:0");
        }
        for (var path : List.of("/disk", "/memory", "/word/..data/key", "/conf/..data/key")) {
            assertThat(owner("apart-mate", path)).endsWith(" 0:2000");
        }
        assertThat(in("apart-mate", "cat /word/key /conf/key")).isEqualTo("xyzzyplugh");
        in("apart-root", "echo more >>/etc/hosts; echo all >/etc/new");
        in("apart-mate", "touch /disk/mine /memory/mine");
        assertThat(owner("apart-root", "/disk/mine")).endsWith(" 1000:2000");
        assertThat(kelpie.fails(1, "exec", "apart-mate", "touch", "/conf/key", "/root-only"))
                .contains("Read-only file system", "Permission denied");
        in("apart-root", "echo 1 >/proc/sys/net/ipv4/ip_forward");
        assertThat(
                        kelpie.run(
                                        "exec",
                                        "apart-mate",
                                        "sh",
                                        "-c",
                                        "echo 1 >/proc/sys/net/ipv4/ip_forward")
                                .exitCode())
                .isNotZero();
    }

    @Test
    void copiesKeepTheirOwnersThroughARestart() throws Exception {
        kelpie.play(yaml());
        var here = Files.createDirectories(kelpie.directory().resolve("copies"));
        var file = Host.write(here.resolve("file"), "copied").toString();
        for (var place : List.of("/etc", "/disk", "/memory")) {
            kelpie.ok("cp", file, "apart-mate:" + place + "/file");
            assertThat(owner("apart-mate", place + "/file")).endsWith(" 1000:100");
        }
        kelpie.ok("pod", "stop", "apart");
        kelpie.ok("cp", file, "apart-mate:/etc/later");
        kelpie.ok("pod", "start", "apart");
        assertThat(in("apart-mate", "cat /etc/later /disk/file")).isEqualTo("copiedcopied");
        assertThat(owner("apart-mate", "/etc/later")).endsWith(" 1000:100");
        kelpie.ok("cp", "apart-mate:/etc/passwd", here.resolve("passwd").toString());
        assertThat(here.resolve("passwd")).content().startsWith("root:");
    }

    @Test
    void podsHaveIdsOfTheirOwnAndGiveThemBack() {
        kelpie.ok("pod", "create", "--userns", "auto", "one");
        kelpie.ok("pod", "create", "--userns=auto:size=1500", "two");
        var one = mapOf("--pod", "one");
        var two = mapOf("--pod", "two");
        assertThat(two).endsWith(" 1500");
        assertThat(outside(two)).isGreaterThanOrEqualTo(outside(one) + size(one));
        kelpie.ok("pod", "rm", "-f", "one");
        assertThat(outside(mapOf("--userns", "auto:size=800"))).isEqualTo(outside(one));
        assertThat(kelpie.fails(125, "run", "--rm", "--userns", "auto:size=4294967295", Box.IMAGE))
                .contains("no 4294967295 user ids are left");
        assertThat(kelpie.fails(125, "run", "--userns", "car", Box.IMAGE))
                .contains("user namespace 'car' is none of");
    }

    private String mapOf(String... flags) {
        var words = new java.util.ArrayList<>(List.of("run", "--rm"));
        words.addAll(List.of(flags));
        words.addAll(List.of(Box.IMAGE, "cat", MAP));
        return kelpie.ok(words.toArray(String[]::new)).strip().replaceAll("\\s+", " ");
    }

    private static long outside(String map) {
        return Long.parseLong(map.split(" ", -1)[1]);
    }

    private static long size(String map) {
        return Long.parseLong(map.split(" ", -1)[2]);
    }

    @Test
    void volumesAreEverybodys() {
        for (var name : List.of("a", "b")) {
            var seen =
                    kelpie.ok(
                            "run",
                            "--rm",
                            "--userns",
                            "auto",
                            "-v",
                            "shared:/etc",
                            Box.IMAGE,
                            "sh",
                            "-c",
                            "ls -ln /etc; echo x >/etc/" + name);
            assertThat(seen).contains("passwd").containsPattern("-rw\\S+ +1 0 +0 .* passwd");
        }
        if (Host.isRoot()) {
            assertThat(kelpie.ok("run", "--rm", "-v", "shared:/s", Box.IMAGE, "ls", "-ln", "/s"))
                    .containsPattern(" 0 +0 .* a\n")
                    .containsPattern(" 0 +0 .* b");
        }
    }

    private String kept(String shell) {
        return kelpie.ok("run", "--rm", "--userns=keep-id", Box.IMAGE, "sh", "-c", shell);
    }

    /// Its line in the container's passwd(5) counts as one of the image's does.
    @Test
    void theKeptUserIsKnownByNameAndHasAHome() {
        assumeFalse(Host.isRoot(), "root keeps its own name");
        var name = Host.run("id", "-un").text();
        kelpie.ok(
                "run",
                "-d",
                "--name",
                "kept",
                "--userns=keep-id",
                "-w",
                "/tmp",
                Box.IMAGE,
                "sh",
                "-c",
                Box.staying());
        var asked = "id -un; echo $HOME";
        assertThat(kelpie.ok("exec", "kept", "sh", "-c", asked)).isEqualTo(name + "\n/tmp");
        assertThat(kelpie.ok("exec", "-u", name, "kept", "sh", "-c", asked))
                .isEqualTo(name + "\n/tmp");
        assertThat(kelpie.ok("exec", "-u", "root", "kept", "id", "-u")).isEqualTo("0");
        kelpie.ok("rm", "-f", "-t", "0", "kept");
    }

    @Test
    @OnlyKelpie
    void copiesOfImagesAreAnnounced() {
        var said = kelpie.run("run", "--rm", "--userns", "auto", Box.IMAGE, "true").stderr();
        if (Host.isRoot()) {
            assertThat(said).doesNotContain("copied");
        } else {
            assertThat(said).contains("the image is copied for each pod, and deleted with it");
        }
    }

    @Test
    void devicesMayBeCalledOtherwiseInside() {
        for (var users : List.of("host", "auto")) {
            var words = "busybox head -c 3 /dev/naught | busybox wc -c";
            var flags = new String[] {"run", "--rm", "--userns", users};
            var device = new String[] {"--device", "/dev/zero:/dev/naught", Box.IMAGE};
            assertThat(
                            kelpie.ok(
                                    Stream.of(flags, device, new String[] {"sh", "-c", words})
                                            .flatMap(Stream::of)
                                            .toArray(String[]::new)))
                    .isEqualTo("3");
        }
    }

    /// `mountPropagation: HostToContainer`.
    @Test
    void mountsThatTheHostMakesLaterAreSeen() throws Exception {
        assumeTrue(Host.isRoot(), "an ordinary user mounts nothing on the host");
        var shared = Files.createDirectories(kelpie.directory().resolve("shared"));
        var later = Files.createDirectories(shared.resolve("later")).toString();
        Host.run("mount", "--bind", shared.toString(), shared.toString()).expect(0);
        try {
            Host.run("mount", "--make-shared", shared.toString()).expect(0);
            var mount =
                    "volumeMounts: [{name: h, mountPath: /h, mountPropagation: HostToContainer}]\n";
            var spec = "hostUsers: false\nvolumes: [{name: h, hostPath: {path: " + shared + "}}]\n";
            kelpie.play(Box.podWith("follows", spec, Box.containerWith("c", Box.staying(), mount)));
            Host.run("mount", "-t", "tmpfs", "later", later).expect(0);
            Host.write(Path.of(later, "file"), "seen");
            assertThat(in("follows-c", "cat /h/later/file")).isEqualTo("seen");
        } finally {
            Host.run("umount", "--recursive", shared.toString());
        }
    }

    /// sd_notify(3) from a container by way of conmon.
    @Test
    void containersTellThatTheyAreReady() {
        assumeTrue(Host.has("socat"), "no socat");
        var socket = kelpie.directory().resolve("notify");
        var container =
                kelpie.command(
                        "run",
                        "--rm",
                        "--userns=auto",
                        "--sdnotify=container",
                        "-v=/usr:/usr:ro",
                        "-v=/usr/lib:/lib:ro",
                        "-v=/usr/lib64:/lib64:ro",
                        Box.IMAGE,
                        "sh",
                        "-c",
                        "'echo READY=1 | /usr/bin/socat -u STDIN UNIX-SENDTO:$NOTIFY_SOCKET; sleep 0.3'");
        var listening =
                "timeout 20 socat -u UNIX-RECV:$0 STDOUT & p=$!; until [ -S $0 ]; do sleep 0.01; done;"
                        + " NOTIFY_SOCKET=$0 KELPIE_SETUP=no ";
        var script = listening + String.join(" ", container) + "; kill $p";
        var said = Host.run("sh", "-c", script, socket.toString());
        assertThat(said.text()).isEqualTo("READY=1");
    }

    @Test
    void theUserStaysWhoHeIs() {
        var me = Host.isRoot() ? "0" : Host.run("id", "-u").text();
        var yaml = Box.podWith("kept", "", Box.containerWith("c", Box.staying(), ""));
        kelpie.play(yaml, "--userns=keep-id");
        assertThat(in("kept-c", "id -u").strip()).isEqualTo(me);
        if (!Host.isRoot()) {
            var file = kelpie.directory().resolve("mine");
            Host.write(file, "x");
            var ls =
                    new String[] {
                        "run",
                        "--rm",
                        "--userns",
                        "keep-id:uid=1000,gid=100",
                        "-v",
                        file + ":/mine",
                        Box.IMAGE,
                        "sh",
                        "-c",
                        "id -un; ls -ln /mine"
                    };
            assertThat(kelpie.ok(ls)).startsWith("mate\n").contains(" 1000 ");
            var knownToTheImage = me.equals("1000");
            assertThat(kept("id -un"))
                    .isEqualTo(knownToTheImage ? "mate" : Host.run("id", "-un").text());
            assertThat(kept("id -gn")).isEqualTo(Host.run("id", "-gn").text());
            assertThat(mapOf("--userns", "nomap")).startsWith("0 1 ");
        } else {
            assertThat(kelpie.fails(125, "run", "--userns", "nomap", Box.IMAGE))
                    .contains("nomap is only supported in rootless mode");
        }
    }
}
