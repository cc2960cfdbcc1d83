package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The store: `images`, `load`, `pull`, `tag`, `rmi`.
class ImagesIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();
    private final Archives archives = new Archives(kelpie.directory());

    private static final String BUSYBOX = "mkdir bin; cp /bin/busybox bin/sh; echo loaded > mark";

    @AfterEach
    void keepOnlyTheBox() {
        kelpie.removeAll();
        for (var line : kelpie.run("images", "--format", "{{.Repository}}:{{.Tag}}").lines()) {
            if (!line.equals(Box.IMAGE)) {
                kelpie.run("rmi", "-f", line);
            }
        }
    }

    @Test
    void listsImages() {
        var lines = kelpie.run("images").lines();
        assertThat(lines.getFirst().split(" {2,}", -1))
                .contains("REPOSITORY", "TAG", "IMAGE ID", "CREATED", "SIZE");
        assertThat(lines.get(1)).contains("localhost/box", "1", "B");
        var image = kelpie.json("images", "--format", "json").get(0);
        assertThat(image.at("/Id").asText()).hasSize(64);
        assertThat(image.at("/Names/0").asText()).isEqualTo(Box.IMAGE);
        assertThat(kelpie.ok("images", "-q")).matches("[0-9a-f]{12}");
    }

    @Test
    void tagsAndUntags() {
        kelpie.ok("tag", Box.IMAGE, "localhost/other:2");
        assertThat(kelpie.ok("images", "--format", "{{.Repository}}:{{.Tag}}").lines())
                .containsExactlyInAnyOrder(Box.IMAGE, "localhost/other:2");
        assertThat(kelpie.ok("rmi", "localhost/other:2")).contains("Untagged: localhost/other:2");
        assertThat(kelpie.run("image", "exists", Box.IMAGE).exitCode()).isZero();
        assertThat(kelpie.fails(1, "rmi", "localhost/other:2")).contains("localhost/other:2");
    }

    @Test
    void doesNotRemoveAnImageInUse() {
        kelpie.ok("create", "--name", "user", Box.IMAGE, "true");
        assertThat(kelpie.fails(2, "rmi", Box.IMAGE)).contains("in use");
        assertThat(kelpie.run("image", "exists", Box.IMAGE).exitCode()).isZero();
    }

    @Test
    void loadsOciArchives() {
        var archive =
                archives.oci("localhost/loaded:1", archives.layer("ok", BUSYBOX, "."), Map.of());
        assertThat(kelpie.ok("load", "-i", archive.toString())).contains("localhost/loaded:1");
        assertThat(
                        kelpie.ok(
                                "run",
                                "--rm",
                                "localhost/loaded:1",
                                "sh",
                                "-c",
                                "busybox cat /mark; cat /mark"))
                .endsWith("loaded");
    }

    @Test
    void loadsDockerArchivesAlsoFromStandardInput() {
        assumeTrue(Host.has("skopeo"), "skopeo makes the docker archive");
        var oci = archives.oci("localhost/docker:1", archives.layer("d", BUSYBOX, "."), Map.of());
        var docker = kelpie.directory().resolve("docker.tar");
        Host.run(
                        "skopeo",
                        "--insecure-policy",
                        "copy",
                        "oci-archive:" + oci,
                        "docker-archive:" + docker + ":localhost/docker:1")
                .expect(0);
        assertThat(kelpie.ok("load", "-i", docker.toString())).contains("localhost/docker:1");
        kelpie.ok("rmi", "localhost/docker:1");
        var load = String.join(" ", kelpie.command("load")) + " < " + docker;
        var line = "cd " + kelpie.directory() + " && " + load;
        assertThat(Host.run("sh", "-c", line).expect(0).stdout()).contains("localhost/docker:1");
        assertThat(kelpie.ok("run", "--rm", "localhost/docker:1", "sh", "-c", "cat /mark"))
                .isEqualTo("loaded");
    }

    @Test
    void pullsByTagAndByDigest() {
        assumeTrue(
                Host.has("docker-registry") && Host.has("skopeo"),
                "docker-registry and skopeo serve the image");
        var oci = archives.oci("localhost/remote:1", archives.layer("r", BUSYBOX, "."), Map.of());
        try (var registry = Registry.start(kelpie.directory())) {
            var name = registry.push("oci-archive:" + oci, "team/remote:1");
            var digest = registry.digest(name);
            var id = kelpie.ok("pull", "--tls-verify=false", name).lines().toList().getLast();
            assertThat(id).matches("[0-9a-f]{64}");
            assertThat(kelpie.ok("run", "--rm", name, "sh", "-c", "cat /mark")).isEqualTo("loaded");
            var byDigest = registry.host() + "/team/remote@" + digest;
            assertThat(kelpie.ok("pull", "-q", "--tls-verify=false", byDigest)).isEqualTo(id);
            assertThat(
                            kelpie.fails(
                                    125,
                                    "pull",
                                    "--tls-verify=false",
                                    registry.host() + "/team/none:1"))
                    .contains("team/none");
        }
    }

    @Test
    void playPullsWhatIsMissing() {
        assumeTrue(
                Host.has("docker-registry") && Host.has("skopeo"),
                "docker-registry and skopeo serve the image");
        var oci = archives.oci("localhost/p:1", archives.layer("p", BUSYBOX, "."), Map.of());
        try (var registry = Registry.start(kelpie.directory())) {
            var name = registry.push("oci-archive:" + oci, "p:1");
            var yaml =
                    Box.pod("pulled", Box.container("c", "cat /mark; exec sleep 1000"))
                            .replace(Box.IMAGE, name);
            kelpie.play(yaml, "--tls-verify=false");
            kelpie.awaitLog("pulled-c", "loaded");
        }
    }

    @Test
    void deadRegistriesAreNamed() {
        var dead = "localhost:" + Host.freePort() + "/x:1";
        assertThat(kelpie.fails(125, "pull", "--tls-verify=false", dead)).contains(dead);
        assertThat(
                        kelpie.playFails(
                                Box.pod("dead", Box.container("c", "true"))
                                        .replace(Box.IMAGE, dead)))
                .contains(dead);
        if (Kelpie.isKelpie()) {
            assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
        }
        assertThat(kelpie.run("image", "exists", dead).exitCode()).isEqualTo(1);
    }
}
