package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Volumes are made, listed and removed by commands, in Podman's words and with its exit codes, and
/// containers keep their things in them.
class VolumeIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @AfterEach
    void nothingStays() {
        kelpie.removeAll();
        kelpie.ok("volume", "rm", "--all", "--force");
        assertThat(kelpie.ok("volume", "ls", "-q")).isEmpty();
    }

    private String run(String volume, String shell) {
        return kelpie.ok("run", "--rm", "-v", volume, Box.IMAGE, "sh", "-c", shell);
    }

    @Test
    void keepsThingsBetweenContainers() {
        assertThat(kelpie.ok("volume", "create", "shelf")).isEqualTo("shelf");
        run("shelf:/s", "echo jam > /s/jar");
        assertThat(run("shelf:/s", "cat /s/jar")).isEqualTo("jam");
        var content = Path.of(kelpie.ok("volume", "inspect", "shelf", "-f", "{{.Mountpoint}}"));
        assertThat(content.resolve("jar")).hasContent("jam\n");
        assertThat(kelpie.ok("volume", "rm", "shelf")).isEqualTo("shelf");
        assertThat(content).doesNotExist();
    }

    @Test
    void makesUpANameThatNobodyHas() {
        var name = kelpie.ok("volume", "create");
        assertThat(name).matches("[0-9a-f]{64}");
        assertThat(kelpie.ok("volume", "ls", "-q")).isEqualTo(name);
    }

    @Test
    void refusesANameTwiceUnlessToldToIgnoreIt() {
        kelpie.ok("volume", "create", "-l", "a=1", "twin");
        assertThat(kelpie.fails(125, "volume", "create", "twin")).contains("already exists");
        assertThat(kelpie.ok("volume", "create", "--ignore", "-l", "a=2", "twin"))
                .isEqualTo("twin");
        assertThat(kelpie.json("volume", "inspect", "twin").at("/0/Labels/a").asText())
                .isEqualTo("1");
    }

    @Test
    void listsThoseThatPassTheFilters() {
        kelpie.ok("volume", "create", "--label", "tier=web", "one");
        kelpie.ok("volume", "create", "two");
        assertThat(kelpie.ok("volume", "ls").lines().map(line -> line.replaceFirst(" .*", "")))
                .containsExactly("DRIVER", "local", "local");
        assertThat(kelpie.ok("volume", "ls", "-q", "-f", "label=tier=web")).isEqualTo("one");
        assertThat(kelpie.ok("volume", "ls", "-q", "-f", "name=^t")).isEqualTo("two");
        assertThat(kelpie.ok("volume", "ls", "--format", "{{.Name}}/{{.Driver}}"))
                .isEqualTo("one/local\ntwo/local");
        kelpie.ok("create", "--name", "user", "-v", "two:/t", Box.IMAGE, "true");
        assertThat(kelpie.ok("volume", "ls", "-q", "-f", "dangling=true")).isEqualTo("one");
        assertThat(kelpie.fails(125, "volume", "ls", "-f", "colour=red"))
                .contains("\"colour\" is an invalid filter");
    }

    @Test
    void removesNoneThatIsUsedUnlessForced() {
        kelpie.ok("create", "--name", "user", "-v", "held:/h", Box.IMAGE, "true");
        assertThat(kelpie.fails(2, "volume", "rm", "held")).contains("is being used");
        assertThat(kelpie.run("volume", "exists", "held").exitCode()).isZero();
        assertThat(kelpie.ok("volume", "rm", "--force", "held")).isEqualTo("held");
        assertThat(kelpie.run("container", "exists", "user").exitCode()).isEqualTo(1);
        assertThat(kelpie.run("volume", "exists", "held").exitCode()).isEqualTo(1);
        assertThat(kelpie.fails(1, "volume", "rm", "held")).contains("no such volume");
        assertThat(kelpie.fails(125, "volume", "rm")).contains("at least one volume name");
    }

    @Test
    void prunesWhatNobodyUses() {
        kelpie.ok("volume", "create", "--label", "keep=yes", "one");
        kelpie.ok("volume", "create", "two");
        kelpie.ok("create", "--name", "user", "-v", "three:/t", Box.IMAGE, "true");
        assertThat(kelpie.ok("volume", "prune")).contains("WARNING!", "\none", "\ntwo", "[y/N]");
        assertThat(kelpie.ok("volume", "prune", "-f", "--filter", "label!=keep")).isEqualTo("two");
        assertThat(kelpie.ok("volume", "ls", "-q")).isEqualTo("one\nthree");
    }

    @Test
    void bindsADirectoryOfTheHost() {
        var here = kelpie.directory().resolve("here");
        Host.write(here.resolve("jar"), "honey");
        kelpie.ok(
                "volume",
                "create",
                "--opt",
                "type=none",
                "--opt",
                "device=" + here,
                "--opt",
                "o=bind",
                "lent");
        assertThat(run("lent:/l", "cat /l/jar; echo x > /l/new")).isEqualTo("honey");
        assertThat(here.resolve("new")).exists();
        kelpie.ok("volume", "rm", "lent");
        assertThat(Files.exists(here.resolve("jar"))).isTrue();
    }

    @Test
    @OnlyKelpie
    void writesNothingToADirectoryThatIsBoundReadOnly() {
        var here = kelpie.directory().resolve("museum");
        Host.write(here.resolve("vase"), "old\n");
        kelpie.ok("volume", "create", "-o", "device=" + here, "-o", "o=bind,ro", "seen");
        assertThat(run("seen:/l", "cat /l/vase; touch /l/new || echo no")).isEqualTo("old\nno");
    }

    @Test
    @OnlyKelpie
    void leavesNothingOfAVolumeWhoseDeviceIsMissing() {
        assertThat(
                        kelpie.fails(
                                125,
                                "volume",
                                "create",
                                "-o",
                                "device=/no/such",
                                "-o",
                                "type=bind",
                                "lost"))
                .contains("'/no/such' is no directory");
        assertThat(kelpie.run("volume", "exists", "lost").exitCode()).isEqualTo(1);
    }

    @Test
    void givesItToItsOwner() {
        kelpie.ok("volume", "create", "--uid", "1000", "--gid", "100", "mine");
        assertThat(
                        kelpie.ok(
                                "run",
                                "--rm",
                                "--user",
                                "mate",
                                "-v",
                                "mine:/m",
                                Box.IMAGE,
                                "sh",
                                "-c",
                                "touch /m/x && ls -n /m"))
                .contains("1000", "100");
    }

    @Test
    @OnlyKelpie
    void mountsFileSystemsWhileTheyAreUsed() {
        kelpie.ok("volume", "create", "-o", "type=tmpfs", "-o", "o=size=1m,mode=750", "memory");
        assertThat(kelpie.ok("volume", "inspect", "memory")).contains("size=1m,mode=750", "tmpfs");
        var user = new String[] {"run", "--rm", "-v", "memory:/m", Box.IMAGE, "sh", "-c", ""};
        var writes = "echo kept >/m/f; " + Box.staying();
        user[7] = "cat /m/f; grep ' /m ' /proc/mounts; ls -nd /m";
        kelpie.ok("create", "--name", "first", "-v", "memory:/m", Box.IMAGE, "sh", "-c", writes);
        kelpie.ok("start", "first");
        Await.until("the file", () -> kelpie.run("exec", "first", "cat", "/m/f").exitCode() == 0);
        kelpie.killService();
        assertThat(kelpie.ok(user)).contains("kept", "size=1024k", "drwxr-x---");
        kelpie.ok("stop", "-t", "0", "first");
        user[7] = "ls /m";
        assertThat(kelpie.ok(user)).isEmpty();
        kelpie.ok("volume", "create", "-o", "type=no.such", "-o", "device=/x", "strange");
        assertThat(kelpie.fails(126, "run", "--rm", "-v", "strange:/m", Box.IMAGE, "true"))
                .contains("mount", "no.such");
        kelpie.ok("rm", "first");
        kelpie.ok("volume", "rm", "memory", "strange");
    }

    @Test
    @OnlyKelpie
    void refusesWhatItCannotMakeByName() {
        assertThat(kelpie.fails(125, "volume", "create", "-d", "nfs", "v")).contains("\"nfs\"");
        assertThat(kelpie.fails(125, "volume", "create", "-o", "type=nfs", "v"))
                .contains("needs --opt device=");
        assertThat(kelpie.fails(125, "volume", "create", "../v")).contains("'../v'");
    }

    @Test
    void givesAVolumeToTheContainersUser() throws IOException {
        var folder = Files.createDirectory(kelpie.directory().resolve("given"));
        Files.writeString(folder.resolve("old"), "");
        var owners = "touch /v/new /w/new && ls -ln /v /w";
        var mount = "type=volume,source=given,target=/w,U=true";
        assertThat(
                        kelpie.ok(
                                "run",
                                "--rm",
                                "-u",
                                "7:8",
                                "-v",
                                folder + ":/v:U",
                                "--mount",
                                mount,
                                Box.IMAGE,
                                "sh",
                                "-c",
                                owners))
                .containsPattern("7 +8 .* new\n.* 7 +8 .* old\n(.*\n)*.* 7 +8 .* new");
        assertThat(kelpie.fails(126, "run", "--rm", "-v", "/usr:/v:U", Box.IMAGE, "true"))
                .contains("'/usr' is what the host lives by");
    }
}
