package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Files of images and containers: `image mount`, `diff`, `commit`, `export`, `import`, and images
/// in folders.
class ImageFilesIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @AfterEach
    void keepOnlyTheBox() {
        kelpie.run("image", "unmount", "-a", "-f");
        kelpie.removeAll();
        for (var line : kelpie.run("images", "--format", "{{.Repository}}:{{.Tag}}").lines()) {
            if (!line.equals(Box.IMAGE)) {
                kelpie.run("rmi", "-f", line);
            }
        }
    }

    private String build(String name, String containerfile) {
        var context = kelpie.directory().resolve(name);
        Host.write(context.resolve("Containerfile"), containerfile);
        Host.write(context.resolve("one"), "1");
        Host.write(context.resolve("two"), "22");
        kelpie.ok("build", "-q", "-t", "localhost/" + name + ":1", context.toString());
        return "localhost/" + name + ":1";
    }

    @Test
    void mountsImagesUntilTheyAreUnmountedAsOften() throws Exception {
        assumeTrue(Host.isRoot(), "an ordinary user's mounts are seen by the engine alone");
        var image = build("seen", "FROM scratch\nCOPY one /dir/\n");
        var place = Path.of(kelpie.ok("image", "mount", image));
        assertThat(place.resolve("dir/one")).hasContent("1");
        assertThat(place.resolve("new")).satisfies(ImageFilesIT::cannotBeWritten);
        assertThat(kelpie.ok("image", "mount", image)).isEqualTo(place.toString());
        assertThat(kelpie.ok("image", "mount")).matches(image + " +" + place);
        var json = kelpie.json("image", "mount", "--format", "json").get(0);
        assertThat(json.at("/mountpoint").asText()).isEqualTo(place.toString());
        var id = json.at("/id").asText();
        assertThat(kelpie.ok("image", "unmount", image)).isEqualTo(id);
        assertThat(place.resolve("dir/one")).exists();
        assertThat(kelpie.ok("image", "umount", image)).isEqualTo(id);
        assertThat(place.resolve("dir/one")).doesNotExist();
        assertThat(kelpie.ok("image", "unmount", image)).isEmpty();
    }

    /// Podman's annotation for a container of a manifest.
    @Test
    void showsTheVolumesThatImagesDeclare() {
        var image = build("tools", "FROM scratch\nCOPY one /opt/tools/\nVOLUME /opt/tools\n");
        var key = "io.podman.annotations.kube.image.volumes.mount/c";
        var shell = "cat /opt/tools/one; touch /opt/tools/x || echo refused; " + Box.staying();
        kelpie.play(
                Box.pod("sees", Box.container("c", shell)), "--annotation=" + key + "=" + image);
        kelpie.awaitLog("sees-c", "1");
        kelpie.awaitLog("sees-c", "refused");
    }

    /// As with Podman: where the mounts of their engine are seen.
    @Test
    @OnlyKelpie
    void ordinaryUsersMountImagesInUnshare() {
        assumeFalse(Host.isRoot(), "root needs no unshare");
        var image = build("own", "FROM scratch\nCOPY one /dir/\n");
        assertThat(kelpie.fails(125, "image", "mount", image)).contains("'kelpie unshare'");
        var mount = String.join(" ", kelpie.command("image", "mount", image));
        assertThat(kelpie.ok("unshare", "sh", "-c", "cat $(" + mount + ")/dir/one")).isEqualTo("1");
        kelpie.ok("image", "unmount", image);
        assertThat(kelpie.ok("image", "mount")).isEmpty();
    }

    private static void cannotBeWritten(Path file) {
        assertThat(Host.run("touch", file.toString()).exitCode()).isNotZero();
    }

    @Test
    @OnlyKelpie
    void removingAMountedImageUnmountsIt() {
        assumeTrue(Host.isRoot(), "an ordinary user's mounts are seen by the engine alone");
        var image = build("gone", "FROM scratch\nLABEL seen=1\nCOPY one /\n");
        var place = Path.of(kelpie.ok("image", "mount", image));
        kelpie.ok("image", "prune", "-a", "-f", "--filter", "label=seen=1");
        assertThat(place.resolve("one")).exists();
        kelpie.ok("rmi", image);
        assertThat(place).doesNotExist();
        assertThat(kelpie.ok("image", "mount")).isEmpty();
    }

    @Test
    void tellsWhatTheLastLayerChanged() {
        var image = build("layers", "FROM scratch\nCOPY one /d/a\nCOPY one /d/b\nCOPY two /d/a\n");
        assertThat(kelpie.ok("image", "diff", image)).isEqualTo("C /d/a");
        assertThat(
                        kelpie.json("image", "diff", "--format", "json", image)
                                .at("/changed/0")
                                .asText())
                .isEqualTo("/d/a");
        assertThat(kelpie.fails(125, "image", "diff", "localhost/none:1")).contains("none");
    }

    @Test
    @OnlyKelpie
    void tellsWhatAContainerChanged() {
        kelpie.ok(
                "run",
                "--name",
                "writer",
                Box.IMAGE,
                "sh",
                "-c",
                "mkdir /n; echo > /n/f; rm -r /etc/group");
        assertThat(kelpie.ok("diff", "writer").lines())
                .contains("A /n", "A /n/f", "C /etc", "D /etc/group")
                .noneMatch(line -> line.contains("/proc") || line.contains("resolv.conf"));
    }

    @Test
    void commitsWhatAContainerWroteAlsoPaused() {
        kelpie.ok(
                "run",
                "-d",
                "--name=busy",
                "--label=of=me",
                "--env=SAID=a \"$b\"",
                Box.IMAGE,
                "sh",
                "-c",
                "echo w > /w; sleep 1000");
        Await.until(
                "the file is written",
                () -> kelpie.run("exec", "busy", "cat", "/w").exitCode() == 0);
        // pausing takes a control group
        var pause = "--pause=" + kelpie.holdsLimits();
        kelpie.ok("commit", pause, "-q", "-c", "CMD cat /w", "busy", "localhost/taken:1");
        assertThat(kelpie.state("busy")).isEqualTo("running");
        kelpie.ok("commit", "-q", "busy", "localhost/same:1");
        assertThat(
                        kelpie.ok(
                                "image",
                                "inspect",
                                "--format",
                                "{{.Config.Labels.of}} {{json .Config.Cmd}}",
                                "localhost/same:1"))
                .isEqualTo("me [\"sh\",\"-c\",\"echo w > /w; sleep 1000\"]");
        assertThat(kelpie.ok("run", "--rm", "localhost/same:1", "sh", "-c", "echo $SAID"))
                .isEqualTo("a \"$b\"");
        assertThat(kelpie.ok("run", "--rm", "localhost/taken:1")).isEqualTo("w");
    }

    /// What was paused for a commit goes on, and nothing of the image stays.
    @Test
    @OnlyKelpie
    void aServiceKilledInACommitLeavesNothingPaused() {
        assumeTrue(kelpie.holdsLimits(), "pausing takes a control group");
        kelpie.ok("run", "-d", "--name", "hit", Box.IMAGE, "sleep", "1000");
        kelpie.ok("system", "service", "--stop");
        kelpie.with("KELPIE_CRASH_AT", "commit.paused");
        var crashed = kelpie.run("commit", "--pause", "-q", "hit", "localhost/hit:1");
        kelpie.without("KELPIE_CRASH_AT");
        assertThat(crashed.exitCode()).isNotZero();
        assertThat(kelpie.state("hit")).isEqualTo("running");
        assertThat(kelpie.ok("exec", "hit", "echo", "on")).isEqualTo("on");
        assertThat(kelpie.run("image", "exists", "localhost/hit:1").exitCode()).isEqualTo(1);
    }

    @Test
    void exportsAContainersFilesAndImportsThem() {
        kelpie.ok("run", "--name", "source", Box.IMAGE, "sh", "-c", "echo mine > /mark");
        var tar = kelpie.directory().resolve("source.tar");
        kelpie.ok("export", "-o", tar.toString(), "source");
        kelpie.ok("import", "-c", "CMD cat /mark", tar.toString(), "localhost/imported:1");
        assertThat(kelpie.ok("run", "--rm", "localhost/imported:1")).isEqualTo("mine");
    }

    @Test
    void leavesAFileAloneWhenThereIsNothingToExport() throws Exception {
        var file = kelpie.directory().resolve("precious");
        Host.write(file, "precious");
        kelpie.fails(125, "export", "-o", file.toString(), "nobody");
        kelpie.fails(125, "volume", "export", "-o", file.toString(), "nothing");
        if (Kelpie.isKelpie()) {
            assertThat(Files.readString(file)).isEqualTo("precious");
        }
    }

    @Test
    void loadsFromTheFoldersThatItSaves() {
        var image = build("folder", "FROM scratch\nCOPY one /\nCOPY two /\n");
        var id = kelpie.ok("image", "inspect", "--format", "{{.Id}}", image);
        for (var format : List.of("oci-dir", "docker-dir")) {
            var folder = kelpie.directory().resolve(format).toString();
            kelpie.ok("save", "-q", "--format", format, "-o", folder, image);
            kelpie.ok("rmi", "-f", image);
            assertThat(kelpie.ok("load", "-i", folder)).contains("Loaded image: ");
            assertThat(kelpie.run("image", "exists", id).exitCode()).isZero();
            kelpie.ok("tag", id, image);
        }
        assertThat(kelpie.fails(125, "load", "-i", "/etc")).contains("index.json");
    }

    @Test
    void listsWhatImagesShareAndWhoUsesThem() {
        var image = build("shared", "FROM " + Box.IMAGE + "\nLABEL who=me\nCOPY one /one\n");
        kelpie.ok("create", "--name", "user", image, "true");
        for (var each : kelpie.json("images", "--format", "json")) {
            if (each.at("/Names/0").asText().equals(image)) {
                assertThat(each.at("/Containers").asInt()).isEqualTo(1);
                assertThat(each.at("/Labels/who").asText()).isEqualTo("me");
                if (Kelpie.isKelpie()) {
                    assertThat(each.at("/SharedSize").asLong()).isPositive();
                }
            }
        }
    }

    @Test
    @OnlyKelpie
    void buildsForSeveralPlatformsAndHandsTheFilesOut() {
        var image = build("many", "FROM scratch\nCOPY one /d/\n");
        var context = kelpie.directory().resolve("many").toString();
        var folder = kelpie.directory().resolve("out");
        kelpie.ok(
                "build",
                "-q",
                "--platform",
                "linux/amd64,linux/arm64",
                "-t",
                image,
                "-o",
                folder.toString(),
                context);
        assertThat(kelpie.ok("manifest", "inspect", image)).contains("amd64", "arm64");
        assertThat(folder.resolve("linux_arm64/d/one")).hasContent("1");
        var tar = kelpie.directory().resolve("out.tar");
        kelpie.ok("build", "-q", "--output", "type=tar,dest=" + tar, context);
        assertThat(Host.run("tar", "-tf", tar.toString()).stdout()).contains("d/one");
        kelpie.ok("build", "-q", "--output=type=oci,dest=" + tar, context);
        assertThat(kelpie.ok("load", "-i", tar.toString())).contains("Loaded image: ");
    }
}
