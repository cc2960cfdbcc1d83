package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Hosts that lack something: a full disk, a file that cannot be read, programs that are missing.
@OnlyKelpie
class BadHostIT {

    /// An engine on a file system of `megabytes`, gone after the test, with nothing left.
    private static void onASmallDisk(int megabytes, Consumer<Kelpie> test) {
        var directory = Engine.makeDirectory();
        var leftovers = Leftovers.watch(directory);
        var disk = directory.resolve("disk");
        try {
            Files.createDirectory(disk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        assumeTrue(
                Host.run(
                                        "mount",
                                        "-t",
                                        "tmpfs",
                                        "-o",
                                        "size=" + megabytes + "m",
                                        "x",
                                        disk.toString())
                                .exitCode()
                        == 0,
                "the small disk is a tmpfs, which this user may not mount");
        var kelpie = new Kelpie(directory, disk.resolve("root"));
        try {
            test.accept(kelpie);
            kelpie.removeAll();
            kelpie.stopService();
        } finally {
            Host.run("umount", disk.toString());
            leftovers.check(kelpie);
            Trees.delete(directory);
        }
    }

    @Test
    void aFullDiskStopsABuildAndLeavesNothingOfIt() {
        onASmallDisk(
                12,
                kelpie -> {
                    Box.build(kelpie);
                    var context =
                            Host.write(
                                            kelpie.directory().resolve("big/Containerfile"),
                                            "FROM scratch\nCOPY data /data\n")
                                    .getParent();
                    Host.run(
                                    "dd",
                                    "if=/dev/urandom",
                                    "of=" + context + "/data",
                                    "bs=1M",
                                    "count=20")
                            .expect(0);
                    assertThat(kelpie.fails(125, "build", "-t", "localhost/big:1", context + ""))
                            .containsIgnoringCase("no space left");
                    assertThat(kelpie.run("image", "exists", "localhost/big:1").exitCode())
                            .isEqualTo(1);
                    kelpie.play(Box.pod("small", Box.container("c", Box.staying())));
                    assertThat(kelpie.state("small-c")).isEqualTo("running");
                });
    }

    @Test
    void aFullDiskStopsAPlayAndLeavesNothingOfIt() {
        onASmallDisk(
                12,
                kelpie -> {
                    Box.build(kelpie);
                    var filler = kelpie.root().resolve("filler");
                    Host.run("dd", "if=/dev/zero", "of=" + filler, "bs=4k", "count=100000");
                    var yaml = Box.pod("late", Box.container("c", Box.staying()));
                    assertThat(kelpie.playFails(yaml)).containsIgnoringCase("no space left");
                    assertThat(kelpie.ok("ps", "-aq")).isEmpty();
                    Host.run("rm", filler.toString()).expect(0);
                    assertThat(kelpie.ok("ps", "-aq")).isEmpty();
                    kelpie.play(yaml);
                    assertThat(kelpie.state("late-c")).isEqualTo("running");
                });
    }

    @Test
    void missingProgramsAreNamedWithTheirMend() {
        assumeTrue(Host.isRoot(), "hides programs by mounts");
        var directory = Engine.makeDirectory();
        var kelpie = new Kelpie(directory);
        var result = withoutRuntimes(kelpie, "system", "check");
        assertThat(result.stdout() + result.stderr())
                .contains("crun is not installed", "apt-get install crun")
                .contains("apt-get install conmon");
        assertThat(result.exitCode()).isEqualTo(1);
        kelpie.stopService();
        Trees.delete(directory);
    }

    /// Runs a command, and the service it starts, in a mount namespace where some programs are
    /// none. PATH would not do: programs are also looked for where distributions put them.
    private static Result withoutRuntimes(Kelpie kelpie, String... words) {
        var script =
                """
                for folder in /usr/local/sbin/ /usr/local/bin/ /usr/sbin/ /usr/bin/ /sbin/ /bin/; do
                    for name in crun runc conmon; do
                        [ ! -x "$folder$name" ] || mount --bind /dev/null "$folder$name" || exit 99
                    done
                done
                export KELPIE_SETUP=no
                exec "$@"
                """;
        var command = new ArrayList<>(List.of("unshare", "--mount", "sh", "-c", script, "sh"));
        command.addAll(kelpie.command(words));
        var result = Host.run(command.toArray(String[]::new));
        assumeTrue(result.exitCode() != 99, "programs are hidden by mounts");
        return result;
    }

    @Test
    void unreadableManifestsAreNamed() {
        var directory = Engine.makeDirectory();
        var kelpie = new Kelpie(directory);
        assertThat(kelpie.fails(125, "kube", "play", directory.resolve("none.yaml").toString()))
                .contains("none.yaml");
        assertThat(kelpie.fails(125, "kube", "play", "/proc/self/mem")).contains("/proc/self/mem");
        kelpie.stopService();
        Trees.delete(directory);
    }
}
