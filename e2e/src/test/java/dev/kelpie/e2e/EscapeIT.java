package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Known ways out of a container, by image, volume, working directory and `cp`; each is in the
/// penetration list of `docs/security.md`.
@OnlyKelpie
class EscapeIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String EVIL = "localhost/evil:1";
    private static final int RACES = 25;

    private final Kelpie kelpie = ENGINE.kelpie();

    /// A directory of the host that no container may see or change.
    private final Path host = kelpie.directory().resolve("host");

    @BeforeEach
    void make() {
        Trees.delete(host);
        Host.write(host.resolve("secret"), "of the host");
        Host.write(kelpie.directory().resolve("mine"), "from the host");
    }

    @AfterEach
    void theHostIsUntouched() throws IOException {
        try (var all = Files.list(host)) {
            assertThat(all).containsExactly(host.resolve("secret"));
        }
        assertThat(host.resolve("secret")).hasContent("of the host");
        kelpie.run("rm", "-f", "-a", "-t", "0");
        kelpie.run("rmi", "-f", EVIL);
    }

    /// An image with more lines in its Containerfile, and files made by a line of shell in
    /// `files/`.
    private void image(String shell, String... lines) {
        var context = kelpie.directory().resolve("evil");
        var script =
                "set -e; rm -rf %1$s; mkdir -p %1$s/files; cd %1$s/files; %2$s"
                        .formatted(context, shell);
        Host.run("sh", "-c", script).expect(0);
        Host.write(
                context.resolve("Evil"),
                "FROM " + Box.IMAGE + "\nCOPY files /\n" + String.join("\n", lines) + "\n");
        kelpie.ok(
                "build", "-t", EVIL, "-f", context.resolve("Evil").toString(), context.toString());
    }

    private void start(String image, String shell) {
        kelpie.ok("run", "-d", "--name", "c", image, "sh", "-c", shell + "; " + Box.staying());
    }

    private Result cp(String from, String to) {
        return kelpie.run("cp", from, to);
    }

    private Path mine() {
        return kelpie.directory().resolve("mine");
    }

    /// CVE-2018-15664, without the race.
    @Test
    void cpFollowsLinksInsideTheContainerOnly() {
        start(
                Box.IMAGE,
                "mkdir -p .%1$s; busybox ln -s %1$s /way; busybox ln -s ../../../../.. /up"
                        .formatted(host));
        assertThat(cp("c:/way/secret", kelpie.directory() + "/got").exitCode()).isEqualTo(125);
        cp(mine().toString(), "c:/way/new");
        cp(mine().toString(), "c:/up" + host + "/new2");
        assertThat(kelpie.ok("exec", "c", "cat", host + "/new", host + "/new2"))
                .isEqualTo("from the hostfrom the host");
        assertThat(kelpie.directory().resolve("got")).doesNotExist();
    }

    /// CVE-2018-15664: the path becomes a link between looking and opening.
    @Test
    void cpLosesNoRace() {
        start(
                Box.IMAGE,
                "mkdir -p .%1$s d; busybox ln -s %1$s l; ".formatted(host)
                        + "(while :; do busybox mv d x; busybox mv l d; busybox mv d l; busybox mv"
                        + " x d; done) &");
        for (int i = 0; i < RACES; i++) {
            cp(mine().toString(), "c:/d/new" + i);
            cp("c:/d/secret", kelpie.directory() + "/got");
            assertThat(kelpie.directory().resolve("got")).doesNotExist();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/proc/self/root",
                "/proc/1/root",
                "/proc/1/cwd",
                "/proc/self/fd/3",
                "/proc/1/fd/0"
            })
    void cpFollowsNoMagicLinks(String path) {
        start(Box.IMAGE, "true");
        assertThat(cp("c:" + path + host + "/secret", kelpie.directory() + "/got").exitCode())
                .isEqualTo(125);
        assertThat(cp(mine().toString(), "c:" + path + host + "/x").exitCode()).isEqualTo(125);
    }

    /// A tree that a container made may hold links to where the copy goes on.
    @Test
    void cpWritesThroughNoLinkOnTheCallersSide() throws IOException {
        var out = Files.createDirectories(kelpie.directory().resolve("out"));
        Files.createSymbolicLink(out.resolve("way"), host);
        start(Box.IMAGE, "mkdir -p /t/way; echo x > /t/way/new; echo x > /t/secret");
        assertThat(cp("c:/t/.", out.toString()).exitCode()).isEqualTo(125);
        Files.delete(out.resolve("way"));
        Files.deleteIfExists(out.resolve("secret"));
        Files.createSymbolicLink(out.resolve("secret"), host.resolve("secret"));
        cp("c:/t/secret", out.toString());
        assertThat(out.resolve("secret")).isRegularFile();
        Trees.delete(out);
    }

    /// CVE-2019-10152 and all `..` in tars.
    @Test
    void cpUnpacksNothingOutside() {
        start(Box.IMAGE, "mkdir -p .%1$s; busybox ln -s %1$s /tmp/way".formatted(host));
        var into = String.join("' '", kelpie.command("cp", "-", "c:/tmp"));
        for (var name : List.of("../../../../../.." + host + "/new", "way/new", host + "/new")) {
            var pipe =
                    "cd %s && tar -P --transform 's,^mine$,%s,' -cf - mine | KELPIE_SETUP=no '%s'"
                            .formatted(kelpie.directory(), name, into);
            Host.run("sh", "-c", pipe);
        }
        assertThat(host.resolve("new")).doesNotExist();
        assertThat(kelpie.ok("exec", "c", "cat", host + "/new")).isEqualTo("from the host");
    }

    /// CVE-2017-1002101.
    @Test
    void subPathsDoNotFollowLinksOutOfTheirVolume() {
        var mount = "volumeMounts:\n- {name: v, mountPath: /v}\n";
        var spec =
                "volumes:\n- {name: v, emptyDir: {}}\ninitContainers:\n"
                        + Box.containerWith("i", "busybox ln -s %s /v/way".formatted(host), mount);
        var sub = "volumeMounts:\n- {name: v, mountPath: /m, subPath: way}\n";
        var yaml = Box.podWith("sub", spec, Box.containerWith("c", "ls /m; " + Box.staying(), sub));
        var result = kelpie.run("kube", "play", kelpie.manifest(yaml).toString());
        if (result.exitCode() == 0) {
            assertThat(kelpie.log("sub-c")).doesNotContain("secret");
        } else {
            assertThat(result.stderr()).contains("way");
        }
    }

    /// The class of CVE-2021-30465: the target of a mount is a link of the image.
    @Test
    void volumesAreMountedInsideTheImage() {
        image("ln -s %1$s data; mkdir -p .%1$s".formatted(host));
        kelpie.ok("run", "--name", "c", "-v", "vol:/data", EVIL, "sh", "-c", "echo x > /data/new");
        assertThat(
                        Host.run("sh", "-c", "grep -c ' %s ' /proc/self/mountinfo".formatted(host))
                                .text())
                .isEqualTo("0");
    }

    /// The classes of CVE-2019-19921, CVE-2023-27561, CVE-2025-31133 and CVE-2025-52881.
    @ParameterizedTest
    @ValueSource(strings = {"/proc", "/proc/sys", "/proc/sysrq-trigger", "/way", "/way/kernel"})
    void nothingIsMountedOverWhatIsMasked(String target) {
        image("ln -s /proc/sys way");
        assertThat(kelpie.fails(126, "run", "--rm", "-v", "vol:" + target, EVIL, "true"))
                .contains("is refused");
    }

    @Test
    void theKernelsFilesStayMaskedAndReadOnly() {
        var script =
                "for f in /proc/kcore /proc/keys /proc/timer_list; do test ! -s $f || busybox head"
                        + " -c 1 $f; done; echo 1 > /proc/sysrq-trigger; echo x >"
                        + " /proc/sys/kernel/core_pattern; busybox touch /sys/x; true";
        var result = kelpie.run("run", "--rm", Box.IMAGE, "sh", "-c", script).expect(0);
        assertThat(result.stdout()).isEmpty();
        assertThat(result.stderr().lines()).hasSize(3);
    }

    /// CVE-2024-21626: a descriptor of the runtime's as the working directory.
    @Test
    void noWorkingDirectoryLeadsOut() {
        var path = "../../../../../../../../../.." + host + "/secret";
        kelpie.ok("run", "-d", "--name", "c", Box.IMAGE, "sh", "-c", Box.staying());
        for (int fd = 3; fd < 20; fd++) {
            var directory = "/proc/self/fd/" + fd;
            var run = kelpie.run("run", "--rm", "-w", directory, Box.IMAGE, "cat", path);
            assertThat(run.stdout()).doesNotContain("of the host");
            var exec = kelpie.run("exec", "-w", directory, "c", "cat", path);
            assertThat(exec.stdout()).doesNotContain("of the host");
        }
    }

    @Test
    void noDescriptorOfOursReachesAContainer() {
        var script = "ls -l /proc/1/fd /proc/self/fd";
        var own = "(pipe|socket|anon_inode):.*|/dev/.*|/proc/[0-9]+/fd";
        for (var words :
                List.of(
                        new String[] {"run", "--rm", Box.IMAGE, "sh", "-c", script},
                        new String[] {"exec", "c", "sh", "-c", script})) {
            if (words[0].equals("exec")) {
                start(Box.IMAGE, "true");
            }
            assertThat(kelpie.ok(words).lines().filter(line -> line.contains(" -> ")))
                    .isNotEmpty()
                    .allMatch(line -> line.replaceFirst(".* -> ", "").matches(own));
        }
    }

    /// CVE-2019-5736: the runtime runs inside the container for a moment.
    @Test
    void theRuntimesProgramCannotBeOverwritten() {
        var programs =
                "sha256sum $(command -v crun) $(command -v runc) $(command -v conmon) 2>/dev/null;"
                        + " true";
        var before = Host.run("sh", "-c", programs).text();
        image("mkdir bin; printf '#!/proc/self/exe\\n' > bin/evil; chmod 755 bin/evil");
        start(
                EVIL,
                "(while :; do for p in /proc/[0-9]*; do (echo x > $p/exe) 2>/dev/null; done; done)"
                        + " &");
        for (int i = 0; i < 5; i++) {
            kelpie.run("exec", "c", "/bin/evil");
            kelpie.run("exec", "c", "true");
        }
        assertThat(Host.run("sh", "-c", programs).text()).isEqualTo(before);
    }

    @Test
    void theWorkingDirectoryIsMadeInsideTheImage() {
        image("ln -s %s work".formatted(host), "WORKDIR /work/new");
        kelpie.run("run", "--rm", EVIL, "pwd");
    }

    @Test
    void usersAreLookedUpInsideTheImage() {
        var users = kelpie.directory().resolve("users");
        Host.write(users.resolve("passwd"), "spy:x:77:77::/:/bin/sh\n");
        image(
                "mkdir -p etc .%1$s; ln -s %1$s/passwd etc/passwd; echo spy:x:78:78::/:/bin/sh >.%1$s/passwd"
                        .formatted(users));
        assertThat(kelpie.ok("run", "--rm", "-u", "spy", EVIL, "id", "-u")).isEqualTo("78");
    }

    @Test
    void newVolumesAreFilledFromInsideTheImage() {
        image(
                "ln -s %1$s data; mkdir -p .%1$s; touch .%1$s/inside".formatted(host),
                "VOLUME /data");
        assertThat(kelpie.ok("run", "--rm", EVIL, "ls", "/data/")).isEqualTo("inside");
        assertThat(kelpie.ok("run", "--rm", "-v", "fresh:/data", EVIL, "ls", "/data/"))
                .isEqualTo("inside");
    }

    /// CVE-2024-1753 and its kin: what a build reads and where it writes.
    @Test
    void buildsReadAndWriteNothingOutside() throws IOException {
        var context = kelpie.directory().resolve("context");
        Trees.delete(context);
        Host.write(context.resolve("file"), "x");
        Files.createSymbolicLink(context.resolve("out"), host);
        var refused = List.of("out/secret", "../host/secret", "o*/secret", "./out/../out/secret");
        for (var source : refused) {
            Host.write(context.resolve("Containerfile"), "FROM scratch\nCOPY " + source + " /x\n");
            assertThat(kelpie.fails(125, "build", "-t", EVIL, context.toString()))
                    .contains("the build context");
        }
        Host.write(
                context.resolve("Containerfile"),
                "FROM scratch\nCOPY out /way/\nCOPY file /way/new\n");
        kelpie.run("build", "-t", EVIL, context.toString());
        image("ln -s %s way".formatted(host));
        Host.write(context.resolve("Containerfile"), "FROM " + EVIL + "\nCOPY file /way/new\n");
        kelpie.ok("build", "-t", EVIL, context.toString());
        Trees.delete(context);
    }
}
