package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What is here leaves as YAML that makes the same again.
@OnlyKelpie
class GenerateIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @ParameterizedTest
    @ValueSource(strings = {"claims", "least-privilege", "probes", "projected", "secret"})
    void examplesComeBackAsTheyWere(String example) {
        kelpie.ok("kube", "play", "--start=false", Host.example(example).toString());
        var first = file("first.yaml");
        kelpie.ok("kube", "generate", "--all", "--secrets", "-f", first);
        kelpie.ok("kube", "down", "--force", first);
        assertThat(kelpie.ok("ps", "-aq") + kelpie.ok("volume", "ls", "-q")).isEmpty();
        kelpie.ok("kube", "play", "--start=false", first);
        var again = kelpie.ok("kube", "generate", "--all", "--secrets");
        kelpie.ok("kube", "down", "--force", first);
        Trees.delete(Path.of("/tmp/kelpie-example-shelf"));
        assertThat(again).isEqualTo(Host.read(Path.of(first)).strip());
    }

    @Test
    void containersBecomeAPodBesideTheirVolumeAndService() {
        makeTwo();
        var both =
                kelpie.run(
                                words(
                                        "kube generate --type deployment --replicas 2"
                                                + " --service=NodePort shop_web shop-db"))
                        .expect(0);
        assertThat(both.stdout())
                .contains("kind: PersistentVolumeClaim\n", "kind: Service\n", "  type: NodePort\n")
                .contains("kind: Deployment\n", "  replicas: 2\n", "readinessProbe:\n")
                .contains("# - container 'shop_web': limit of 9 processes\n");
        assertThat(both.stderr()).contains("Note: container 'shop_web': limit of 9 processes\n");
        var text = file("shop.yaml");
        kelpie.ok("kube", "generate", "--all", "-f", text);
        kelpie.removeAll();
        kelpie.ok("kube", "play", "--start=false", text);
        assertThat(kelpie.ok("ps", "-a", "--format", "{{.Names}}").lines())
                .contains("shopweb-pod-shopweb", "shopweb-pod-shop-db");
        kelpie.ok("kube", "down", "--force", text);
    }

    @Test
    void aPodIsWrittenWithTheContainersThatItHasNow() {
        kelpie.ok(words("pod create --name duo"));
        for (var name : List.of("first", "second", "third")) {
            kelpie.ok(
                    words("create --pod duo --name " + name + " -v kept:/k localhost/box:1 true"));
        }
        kelpie.ok("rm", "second");
        assertThat(kelpie.ok("kube", "generate", "duo").lines().map(String::strip))
                .contains("name: duo", "- name: first", "- name: third", "claimName: kept")
                .doesNotContain("- name: second");
        kelpie.removeAll();
        kelpie.ok("volume", "rm", "kept");
    }

    @Test
    void aContainerBecomesWhateverKindIsAsked() {
        makeTwo();
        assertThat(kelpie.ok("generate", "kube", "-l", "tier=back"))
                .contains("name: shop-db\n")
                .doesNotContain("web");
        for (var kind : List.of("pod", "statefulset", "daemonset", "job")) {
            assertThat(kelpie.ok("kube", "generate", "-t", kind, "shop-db"))
                    .containsIgnoringCase("kind: " + kind);
        }
        assertThat(
                        kelpie.ok(
                                "kube",
                                "generate",
                                "-t",
                                "cronjob",
                                "--schedule",
                                "0 3 * * *",
                                "shop-db"))
                .contains("schedule: 0 3 * * *\n");
        kelpie.removeAll();
        kelpie.ok("volume", "rm", "goods");
    }

    private void makeTwo() {
        var port = Host.freePort();
        kelpie.ok(
                words(
                        "create --name shop_web -l tier=front -v goods:/goods --health-cmd true"
                                + " --pids-limit 9 -p "
                                + port
                                + ":80 localhost/box:1 httpd -f"));
        kelpie.ok(words("create --name shop-db -l tier=back localhost/box:1 sleep 100"));
    }

    private static String[] words(String line) {
        return line.split(" ", -1);
    }

    @Test
    void whatIsNotThereIsNamedAndNoFileIsWrittenOver() {
        kelpie.ok("create", "--name", "lone", Box.IMAGE, "true");
        var file = Host.write(Path.of(file("kept.yaml")), "kept\n");
        assertThat(kelpie.fails(125, "kube", "generate", "nothing"))
                .contains("\"nothing\" not found");
        assertThat(kelpie.fails(125, "kube", "generate", "-f", file.toString(), "lone"))
                .contains("file exists");
        assertThat(kelpie.fails(125, "kube", "generate", "-t", "pods", "lone")).contains("pods");
        assertThat(Host.read(file)).isEqualTo("kept\n");
        kelpie.removeAll();
    }

    private String file(String name) {
        var file = kelpie.directory().resolve(name);
        try {
            Files.deleteIfExists(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return file.toString();
    }

    @Test
    @OnlyKelpie
    void aPlayedApplicationBecomesAUnitOfItsManifest() {
        kelpie.ok("network", "create", "stall");
        kelpie.play(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: stand}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                  - {name: a, image: localhost/box:1, command: [sleep, '1000']}
                """,
                "--network",
                "stall");
        var manifest = kelpie.directory().resolve("stand.yaml");
        var unit = kelpie.ok("generate", "quadlet", "--yaml", manifest.toString(), "stand");
        assertThat(unit).contains("[Kube]\nYaml=stand.yaml\nNetwork=stall\n");
        assertThat(kelpie.fails(125, "generate", "quadlet", "--yaml", manifest.toString(), "stand"))
                .contains("file exists");
        kelpie.ok("kube", "down", manifest.toString());
        kelpie.ok("kube", "play", "--network", "stall", manifest.toString());
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Name}} {{.Status}}"))
                .isEqualTo("stand Running");
        kelpie.removeAll();
        kelpie.ok("network", "rm", "stall");
    }
}
