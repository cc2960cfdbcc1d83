package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The second best ways of an engine without root: slirp4netns instead of pasta, fuse-overlayfs
/// instead of the kernel's overlays.
@OnlyKelpie
@EnabledIf(
        value = "hostHasThem",
        disabledReason = "root, or no slirp4netns, fuse-overlayfs, /dev/fuse or /dev/net/tun")
class RootlessFallbackIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    static {
        ENGINE.kelpie()
                .with("KELPIE_ROOTLESS_NETWORK_CMD", "slirp4netns")
                .with("KELPIE_MOUNT_PROGRAM", "fuse-overlayfs");
    }

    private final Kelpie kelpie = ENGINE.kelpie();

    static boolean hostHasThem() {
        return !Host.isRoot()
                && Host.has("slirp4netns")
                && Host.has("fuse-overlayfs")
                && Files.isWritable(Path.of("/dev/fuse"))
                && Files.isWritable(Path.of("/dev/net/tun"));
    }

    @Test
    void systemCheckNamesWhatIsUsed() {
        assertThat(kelpie.run("system", "check").stdout())
                .containsPattern("network program +ok +\\S*/slirp4netns: pods do not see")
                .containsPattern("overlay +ok +by \\S*/fuse-overlayfs, works on");
    }

    @Test
    void publishesPortsAndLetsThemGo() throws Exception {
        var port = Host.freePort();
        kelpie.ok(server("first", "127.0.0.1:" + port + ":80"));
        Host.awaitPage("http://127.0.0.1:" + port + "/", "first");
        assertThat(
                        Host.run("pgrep", "-u", Host.run("id", "-u").text(), "-fa", "slirp4netns")
                                .text())
                .contains(kelpie.runroot().toString());
        try (var held = new ServerSocket(0)) {
            var other = kelpie.run(server("other", held.getLocalPort() + ":80"));
            assertThat(other.exitCode()).isNotZero();
            assertThat(other.stderr()).contains("" + held.getLocalPort());
        }
        assertThat(kelpie.ok("ps", "--format", "{{.Names}}")).isEqualTo("first");
        kelpie.killService();
        kelpie.ok("rm", "-f", "-t", "0", "first");
        kelpie.ok(server("second", port + ":80"));
        Host.awaitPage("http://127.0.0.1:" + port + "/", "second");
        kelpie.removeAll();
        assertThat(Host.page("http://127.0.0.1:" + port + "/")).isEmpty();
    }

    private static String[] server(String name, String mapping) {
        var shell =
                "mkdir /www; echo %s >/www/index.html; exec busybox httpd -f -p 80 -h /www"
                        .formatted(name);
        return new String[] {
            "run", "-d", "--name", name, "-p", mapping, Box.IMAGE, "sh", "-c", shell
        };
    }

    /// Changed, new and hidden files, in a new image too.
    @Test
    void imagesAreChanged() {
        var change =
                "echo new >/new; busybox rm /etc/group; busybox rm -r /tmp; mkdir /tmp; echo x >/tmp/x;"
                        + " echo more >>/etc/passwd; busybox chown 1000 /new";
        kelpie.ok("run", "--name", "c", Box.IMAGE, "sh", "-c", change);
        kelpie.ok("commit", "-q", "c", "localhost/changed:1");
        var look = "cat /new; ls /etc/group /tmp; busybox tail -n 1 /etc/passwd; ls -ln /new";
        var seen = kelpie.run("run", "--rm", "localhost/changed:1", "sh", "-c", look);
        assertThat(seen.stdout()).startsWith("new\n/tmp:\nx\nmore\n").contains(" 1000 ");
        assertThat(seen.stderr()).contains("/etc/group: No such file");
        kelpie.ok("rmi", "localhost/changed:1");
    }
}
