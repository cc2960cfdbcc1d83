package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `build`, and builds that `kube play` asks for.
class BuildIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private Path context(String name, String containerfile) {
        var context = kelpie.directory().resolve(name);
        Host.write(context.resolve("Containerfile"), containerfile);
        Host.write(context.resolve("data/one"), "1");
        Host.write(context.resolve("data/sub/two"), "2");
        return context;
    }

    @Test
    void everyInstructionTakesEffect() {
        var context =
                context(
                        "all",
                        """
                        ARG BASE=localhost/box:1
                        FROM ${BASE}
                        ARG WHO=world
                        ENV GREETING="hello $WHO" OTHER=x
                        LABEL role=test
                        WORKDIR /work
                        COPY data/one copied
                        COPY data /tree
                        ADD data/sub/two /added/
                        USER mate
                        EXPOSE 8080/tcp
                        VOLUME /vol
                        STOPSIGNAL SIGUSR1
                        ENTRYPOINT ["sh", "-c"]
                        CMD ["echo $GREETING; pwd; id -u; cat copied /tree/sub/two /added/two"]
                        """);
        kelpie.ok("build", "-t", "localhost/all:1", "--build-arg", "WHO=moon", context.toString());
        assertThat(kelpie.ok("run", "--rm", "localhost/all:1"))
                .isEqualTo("hello moon\n/work\n1000\n122");
        var image = kelpie.json("image", "inspect", "localhost/all:1").get(0).at("/Config");
        assertThat(image.at("/Labels/role").asText()).isEqualTo("test");
        assertThat(image.at("/StopSignal").asText()).isEqualTo("SIGUSR1");
        assertThat(image.at("/ExposedPorts").has("8080/tcp")).isTrue();
        assertThat(image.at("/Volumes").has("/vol")).isTrue();
    }

    @Test
    @OnlyKelpie
    void theSameBuildGivesTheSameImage() {
        var context = context("same", "FROM scratch\nCOPY data /\n");
        kelpie.ok("build", "-t", "localhost/same:1", context.toString());
        kelpie.ok("build", "-t", "localhost/same:2", context.toString());
        assertThat(imageId("localhost/same:1")).isEqualTo(imageId("localhost/same:2"));
    }

    private String imageId(String name) {
        return kelpie.ok("image", "inspect", "--format", "{{.Id}}", name);
    }

    @Test
    void copiesOnlyFromTheContext() {
        var context = context("escape", "FROM scratch\nCOPY ../../../etc/hostname /x\n");
        assertThat(kelpie.run("build", "-t", "localhost/escape:1", context.toString()).exitCode())
                .isNotZero();
        assertThat(kelpie.run("image", "exists", "localhost/escape:1").exitCode()).isEqualTo(1);
    }

    @Test
    @OnlyKelpie
    void linksOutOfTheContextAreNotFollowed() throws Exception {
        var context = context("link", "FROM localhost/box:1\nCOPY out/shadow /stolen\n");
        Files.createSymbolicLink(context.resolve("out"), Path.of("/etc"));
        assertThat(kelpie.fails(125, "build", "-t", "localhost/link:1", context.toString()))
                .contains("out/shadow");
    }

    @Test
    void mistakesAreNamedWithTheirPlace() {
        var missing = context("missing", "FROM scratch\nCOPY nothing /x\n");
        assertThat(kelpie.run("build", missing.toString()))
                .satisfies(result -> assertThat(result.exitCode()).isIn(1, 125))
                .satisfies(result -> assertThat(result.stderr()).contains("nothing"));
        if (Kelpie.isKelpie()) {
            assertThat(kelpie.fails(125, "build", missing.toString())).contains("Containerfile:2");
            var typo = context("typo", "FROM scratch\nCOPPY data /x\n");
            assertThat(kelpie.fails(125, "build", typo.toString()))
                    .contains("Containerfile:2", "COPPY");
        }
        assertThat(kelpie.fails(125, "build", "/no/such/folder")).contains("/no/such/folder");
    }

    @Test
    void playBuildsAnImageWhoseFolderIsThere() {
        var folder = kelpie.directory().resolve("app");
        Host.write(
                folder.resolve("made/Containerfile"),
                "FROM localhost/box:1\nENV PART=first\nCMD [\"sh\", \"-c\", \"echo built $PART\"]\n");
        var yaml =
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: builds}
                spec:
                  restartPolicy: Never
                  containers: [{name: c, image: 'localhost/made:1'}]
                """;
        var file = Host.write(folder.resolve("pod.yaml"), yaml).toString();
        kelpie.runIn(folder, "kube", "play", file).expect(0);
        kelpie.awaitLog("builds-c", "built first");
        kelpie.ok("kube", "down", file);
        Host.write(
                folder.resolve("made/Containerfile"),
                "FROM localhost/box:1\nCMD [\"echo\", \"second\"]\n");
        kelpie.runIn(folder, "kube", "play", "--build", file).expect(0);
        kelpie.awaitLog("builds-c", "second");
    }

    @Test
    void buildFalseDoesNotBuild() {
        var folder = kelpie.directory().resolve("unbuilt");
        Host.write(folder.resolve("absent/Containerfile"), "FROM scratch\n");
        var yaml =
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: unbuilt}
                spec:
                  containers: [{name: c, image: 'localhost/absent:1', imagePullPolicy: Never}]
                """;
        var file = Host.write(folder.resolve("pod.yaml"), yaml).toString();
        var result = kelpie.runIn(folder, "kube", "play", "--build=false", file).expect(125);
        assertThat(result.stderr()).contains("localhost/absent:1");
    }
}
