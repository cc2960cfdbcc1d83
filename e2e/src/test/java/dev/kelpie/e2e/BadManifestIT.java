package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Manifests that are wrong, by mistake or on purpose: one clear message, exit status 125, and
/// nothing is made.
class BadManifestIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String GOOD = Box.pod("good", Box.container("c", "sleep 1000"));

    private final Kelpie kelpie = ENGINE.kelpie();

    @AfterEach
    void nothingWasMade() {
        if (Kelpie.isKelpie()) {
            assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
            assertThat(kelpie.ok("ps", "-aq")).isEmpty();
        }
    }

    private static String nextTo(String good) {
        return good + "---\n";
    }

    @Test
    @OnlyKelpie
    void aTypoGetsItsPlaceAndASuggestion() {
        var yaml =
                nextTo(GOOD) + Box.podWith("bad", "restartPolcy: Never\n", Box.container("c", "x"));
        var line = 1 + (int) yaml.lines().takeWhile(l -> !l.contains("restartPolcy")).count();
        assertThat(kelpie.playFails(yaml))
                .contains("pod.yaml:" + line, "spec.restartPolcy", "restartPolicy");
    }

    @Test
    @OnlyKelpie
    void allMistakesAreToldAtOnce() {
        var yaml =
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: bad}
                spec:
                  containers:
                  - name: c
                    image: localhost/box:1
                    comand: [x]
                    ports: [{containerPort: 70000}]
                    env: [{nmae: A}]
                """;
        assertThat(kelpie.playFails(yaml))
                .contains("spec.containers[0].comand", "command", "70000", "nmae");
    }

    @Test
    @OnlyKelpie
    void whatIsNotSupportedStopsThePlayUnlessTold() {
        var yaml =
                Box.podWith(
                        "strict",
                        "resourceClaims: [{name: x, resourceClaimName: y}]\n",
                        Box.container("c", "sleep 9"));
        assertThat(kelpie.playFails(yaml)).contains("spec.resourceClaims");
        var warned =
                kelpie.run("kube", "play", "--validate=warn", kelpie.manifest(yaml).toString());
        assertThat(warned.expect(0).stderr()).contains("spec.resourceClaims");
        kelpie.removeAll();
        var ignored =
                kelpie.run("kube", "play", "--validate=ignore", kelpie.manifest(yaml).toString());
        assertThat(ignored.expect(0).stderr()).doesNotContain("resourceClaims");
        kelpie.removeAll();
    }

    @Test
    @OnlyKelpie
    void wrongTypesAreNamed() {
        var yaml = GOOD.replace("containers:\n", "containers: 5\n  x:\n");
        assertThat(kelpie.playFails(yaml)).contains("containers");
        assertThat(kelpie.playFails(GOOD.replace("Seconds: 1", "Seconds: soon"))).contains("soon");
    }

    @Test
    @OnlyKelpie
    void duplicateKeysAreRefused() {
        assertThat(kelpie.playFails(GOOD.replace("spec:\n", "kind: Pod\nspec:\n")))
                .contains("pod.yaml:", "kind");
    }

    @Test
    void brokenYamlIsTold() {
        assertThat(kelpie.playFails("kind: Pod\n\tmetadata: [\n")).containsPattern("(line |:)[12]");
        assertThat(kelpie.playFails("just some text")).isNotBlank();
        assertThat(kelpie.playFails("")).isNotBlank();
        assertThat(kelpie.playFails("- a\n- b\n")).isNotBlank();
    }

    @Test
    void binaryIsTold() throws IOException {
        var file = kelpie.directory().resolve("binary.yaml");
        Files.copy(Path.of("/bin/busybox"), file);
        assertThat(kelpie.fails(125, "kube", "play", file.toString())).isNotBlank();
        Files.delete(file);
    }

    @Test
    @OnlyKelpie
    void bombsOfAnchorsDoNotGoOff() {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++) {
            var again = ("*a" + (i - 1) + ", ").repeat(9) + "*a" + (i - 1);
            bomb.append("a%d: &a%d [%s]\n".formatted(i, i, again));
        }
        assertThat(kelpie.playFails("kind: Pod\n" + bomb)).containsAnyOf("alias", "anchor");
        assertThat(kelpie.playFails("a: &a [*a]\nkind: Pod\n")).isNotBlank();
        assertThat(kelpie.playFails("a: " + "[".repeat(50_000) + "\n")).isNotBlank();
    }

    @Test
    @OnlyKelpie
    void tenMegabytesAreTooMuchOrHandled() {
        var comment = ("# " + "x".repeat(98) + "\n").repeat(110_000);
        assertThat(kelpie.playFails(GOOD + comment)).containsAnyOf("large", "bytes", "MiB", "MB");
        var labels =
                IntStream.range(0, 20_000)
                        .mapToObj(i -> "    l" + i + ": v\n")
                        .collect(Collectors.joining("", "  labels:\n", ""));
        kelpie.run(
                "kube",
                "play",
                kelpie.manifest(GOOD.replace("spec:\n", labels + "spec:\n")).toString());
        kelpie.removeAll();
    }

    @Test
    void missingImagesAreNamed() {
        var yaml = GOOD.replace(Box.IMAGE, "localhost/none:9");
        assertThat(kelpie.playFails(yaml)).contains("localhost/none:9");
    }

    @Test
    void namesThatClashAreNamed() {
        var first = nextTo(GOOD) + GOOD;
        assertThat(kelpie.playFails(first)).contains("good");
        kelpie.removeAll();
        var twice = Box.pod("twice", Box.container("c", "true"), Box.container("c", "true"));
        assertThat(kelpie.playFails(twice)).contains("duplicate", "c");
        kelpie.removeAll();
    }

    @Test
    @OnlyKelpie
    void aContainersNameMayNotBeTaken() {
        kelpie.ok("create", "--name", "good-c", Box.IMAGE, "true");
        assertThat(kelpie.playFails(GOOD)).contains("good-c");
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
        kelpie.removeAll();
    }

    @Test
    void filesThatAreNotThereAreNamed() {
        assertThat(kelpie.fails(125, "kube", "play", "/no/such.yaml")).contains("/no/such.yaml");
        assertThat(kelpie.fails(125, "kube", "down", "/no/such.yaml")).contains("/no/such.yaml");
    }

    @Test
    @OnlyKelpie
    void foldersWithoutManifestsAreNamed() {
        var empty = kelpie.directory().resolve("empty-folder");
        Host.write(empty.resolve("notes.txt"), "nothing to play");
        assertThat(kelpie.fails(125, "kube", "play", empty.toString())).contains("empty-folder");
    }

    @Test
    void kindsThatAreNotSupportedAreNamed() {
        var yaml = "apiVersion: v1\nkind: Nonsense\nmetadata: {name: x}\n";
        assertThat(kelpie.playFails(yaml)).contains(Kelpie.isKelpie() ? "Nonsense" : "kind");
    }

    @Test
    @OnlyKelpie
    void badNamesAreRefused() {
        assertThat(kelpie.playFails(GOOD.replace("name: good", "name: '../../etc'")))
                .contains("../../etc");
        assertThat(kelpie.playFails(GOOD.replace("  name: good\n", "  labels: {}\n")))
                .contains("name");
    }

    @Test
    @OnlyKelpie
    void manyBadFilesDoNotStopTheService() {
        for (var text :
                new String[] {"{", "\"", "%", "&", "!!java.lang.Runtime {}", "\0", "- - -"}) {
            var file = kelpie.directory().resolve("odd.yaml");
            try {
                Files.writeString(file, text);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            assertThat(kelpie.fails(125, "kube", "play", file.toString())).isNotBlank();
        }
    }
}
