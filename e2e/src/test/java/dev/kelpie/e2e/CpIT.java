package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// `cp`: files and folders between containers and the caller's side.
class CpIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();
    private final Path here = kelpie.directory();

    @BeforeEach
    void run() {
        Host.run("rm", "-rf", here + "/out", here + "/in").expect(0);
        Host.write(here.resolve("in/one"), "first\n");
        Host.write(here.resolve("in/sub/two"), "second\n");
        kelpie.ok("run", "-d", "--name", "c", "-w", "/home", Box.IMAGE, "sh", "-c", Box.staying());
    }

    private String inside(String... words) {
        var all = new String[words.length + 2];
        all[0] = "exec";
        all[1] = "c";
        System.arraycopy(words, 0, all, 2, words.length);
        return kelpie.ok(all);
    }

    @Test
    void copiesAFileInAndOut() throws Exception {
        var file = here.resolve("in/one");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-x---"));
        kelpie.ok("cp", file.toString(), "c:/tmp/named");
        assertThat(inside("cat", "/tmp/named")).isEqualTo("first");
        kelpie.ok("cp", "c:/tmp/named", here.resolve("out").toString());
        assertThat(here.resolve("out")).hasContent("first");
        assertThat(Files.getPosixFilePermissions(here.resolve("out")))
                .isEqualTo(PosixFilePermissions.fromString("rwxr-x---"));
        assertThat(Files.getLastModifiedTime(here.resolve("out")).toMillis() / 1000)
                .isEqualTo(Files.getLastModifiedTime(file).toMillis() / 1000);
    }

    @Test
    void copiesALargeFileWhole() {
        Host.run("dd", "if=/dev/urandom", "of=" + here + "/in/large", "bs=1M", "count=12")
                .expect(0);
        kelpie.ok("cp", here + "/in/large", "c:/tmp/large");
        kelpie.ok("container", "cp", "c:/tmp/large", here + "/in/back");
        Host.run("cmp", here + "/in/large", here + "/in/back").expect(0);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void copiesAFolderInAndOut(boolean running) {
        if (!running) {
            kelpie.ok("stop", "-t", "0", "c");
        }
        kelpie.ok("cp", here + "/in", "c:/tmp");
        kelpie.ok("cp", here + "/in", "c:/tmp/new");
        kelpie.ok("cp", here + "/in/.", "c:/home");
        kelpie.ok("cp", "c:/tmp/in", here + "/out");
        assertThat(here.resolve("out/sub/two")).hasContent("second");
        kelpie.ok("cp", "c:/tmp/new", here + "/out");
        assertThat(here.resolve("out/new/sub/two")).hasContent("second");
        kelpie.ok("start", "c");
        assertThat(inside("cat", "/tmp/in/sub/two", "/tmp/new/one", "/home/one"))
                .isEqualTo("second\nfirst\nfirst");
    }

    @Test
    void aPathWithoutSlashStartsInTheWorkingDirectory() {
        kelpie.ok("cp", here + "/in/one", "c:here");
        assertThat(inside("cat", "/home/here")).isEqualTo("first");
    }

    @Test
    void keepsLinksInFoldersAndFollowsTheNamedOne() throws Exception {
        Files.createSymbolicLink(here.resolve("in/link"), Path.of("one"));
        kelpie.ok("cp", here + "/in", "c:/tmp/l");
        assertThat(inside("busybox", "readlink", "/tmp/l/link")).isEqualTo("one");
        kelpie.ok("cp", "c:/tmp/l", here + "/out");
        assertThat(Files.readSymbolicLink(here.resolve("out/link"))).hasToString("one");
        kelpie.ok("cp", "c:/tmp/l/link", here + "/out/file");
        assertThat(here.resolve("out/file")).isRegularFile().hasContent("first");
    }

    @Test
    void speaksTarOnItsStreams() {
        var script = "%s | tar -tf - | sort".formatted(quoted("cp", "c:/etc", "-"));
        assertThat(Host.run("sh", "-c", script).expect(0).lines())
                .contains("etc/", "etc/group", "etc/passwd");
        var in = "tar -C %s -czf - . | %s".formatted(here + "/in", quoted("cp", "-", "c:/tmp"));
        Host.run("sh", "-c", in).expect(0);
        assertThat(inside("cat", "/tmp/sub/two")).isEqualTo("second");
        var part =
                "tar -C %s -cf - sub/two | %s"
                        .formatted(here + "/in", quoted("cp", "-", "c:/home"));
        Host.run("sh", "-c", part).expect(0);
        assertThat(inside("cat", "/home/sub/two")).isEqualTo("second");
    }

    private String quoted(String... words) {
        return "KELPIE_SETUP=no '" + String.join("' '", kelpie.command(words)) + "'";
    }

    @Test
    void copiesBetweenContainers() {
        kelpie.ok("create", "--name", "d", Box.IMAGE, "true");
        kelpie.ok("cp", "c:/etc/passwd", "d:/tmp/users");
        kelpie.ok("cp", "d:/tmp/users", "c:/tmp/back");
        kelpie.ok("cp", "c:/tmp/back", "c:/tmp/again");
        assertThat(inside("cat", "/tmp/again")).contains("mate:x:1000");
    }

    @Test
    void givesFilesToTheContainersUser() {
        kelpie.ok("run", "-d", "--name", "m", "-u", "mate", Box.IMAGE, "sh", "-c", Box.staying());
        kelpie.ok("cp", here + "/in/one", "m:/tmp/mine");
        kelpie.ok("cp", "-a=false", here + "/in/one", "m:/tmp/kept");
        assertThat(
                        kelpie.ok(
                                "exec",
                                "m",
                                "busybox",
                                "stat",
                                "-c",
                                "%u:%g",
                                "/tmp/mine",
                                "/tmp/kept"))
                .isEqualTo("1000:100\n0:0");
    }

    @Test
    void reachesVolumesOfRunningAndStoppedContainers() {
        kelpie.ok(
                "run",
                "-d",
                "--name",
                "v",
                "-v",
                "vol:/data",
                Box.IMAGE,
                "sh",
                "-c",
                Box.staying());
        kelpie.ok("cp", here + "/in/one", "v:/data/a");
        kelpie.ok("stop", "-t", "0", "v");
        kelpie.ok("cp", "v:/data/a", "v:/data/b");
        kelpie.ok("start", "v");
        assertThat(kelpie.ok("exec", "v", "cat", "/data/a", "/data/b")).isEqualTo("first\nfirst");
        kelpie.ok("rm", "-f", "-t", "0", "v");
    }

    @Test
    void overwritesOnlyWhenAsked() {
        inside("mkdir", "/tmp/one");
        assertThat(kelpie.fails(125, "cp", here + "/in/.", "c:/tmp"))
                .contains("cannot overwrite directory '/tmp/one' with non-directory");
        kelpie.ok("cp", "--overwrite", here + "/in/.", "c:/tmp");
        assertThat(inside("cat", "/tmp/one")).isEqualTo("first");
        Host.write(here.resolve("out/sub"), "a file");
        assertThat(kelpie.fails(125, "cp", "c:/tmp/.", here + "/out"))
                .contains("cannot overwrite non-directory with directory");
        kelpie.ok("cp", "--overwrite", "c:/tmp/.", here + "/out");
        assertThat(here.resolve("out/sub/two")).hasContent("second");
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(kelpie.fails(125, "cp", "c:/no/such", "."))
                .contains(
                        "\"/no/such\" could not be found on container c: no such file or directory");
        assertThat(kelpie.fails(125, "cp", here + "/nothing", "c:/tmp"))
                .contains("could not be found on the host");
        assertThat(kelpie.fails(125, "cp", here + "/in/one", "c:/no/dir/x"))
                .contains("\"/no/dir\"");
        assertThat(kelpie.fails(125, "cp", here + "/in", "c:/etc/passwd"))
                .contains("destination must be a directory when copying a directory");
        assertThat(kelpie.fails(125, "cp", "a", "b")).contains("must specify one container");
        assertThat(kelpie.fails(125, "cp", "nobody:/x", ".")).contains("nobody");
        assertThat(kelpie.runWithInput("no tar", "cp", "-", "c:/tmp").expect(125).stderr())
                .contains("tar archive");
    }
}
