package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `kube play` and `kube down` of pods.
class PlayIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String ID = "[0-9a-f]{64}";

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void printsTheIdsOfPodAndContainers() {
        var output =
                kelpie.play(
                        Box.pod(
                                "two",
                                Box.container("a", Box.staying()),
                                Box.container("b", Box.staying())));
        assertThat(output).matches("Pod:\n" + ID + "\nContainers:\n" + ID + "\n" + ID);
    }

    @Test
    void saysContainerWhenThereIsOne() {
        var output = kelpie.play(Box.pod("one", Box.container("a", Box.staying())));
        assertThat(output).matches("Pod:\n" + ID + "\nContainer:\n" + ID);
    }

    @Test
    void namesContainersAfterTheirPod() {
        kelpie.play(Box.pod("web", Box.container("front", Box.staying())));
        assertThat(kelpie.ok("ps", "--format", "{{.Names}}").lines())
                .contains("web-front")
                .doesNotHaveDuplicates();
        assertThat(kelpie.state("web-front")).isEqualTo("running");
    }

    @Test
    void downStopsAndRemovesAndSaysSo() {
        var yaml = Box.pod("gone", Box.container("a", Box.staying()));
        var pod = kelpie.play(yaml).lines().toList().get(1);
        var output = kelpie.ok("kube", "down", kelpie.manifest(yaml).toString());
        assertThat(output)
                .isEqualTo(
                        "Pods stopped:\n"
                                + pod
                                + "\nPods removed:\n"
                                + pod
                                + "\nSecrets removed:\nVolumes removed:");
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void downOfWhatIsNotThereIsNoError() {
        var yaml = Box.pod("never", Box.container("a", "true"));
        assertThat(kelpie.ok("kube", "down", kelpie.manifest(yaml).toString()))
                .isEqualTo("Pods stopped:\nPods removed:\nSecrets removed:\nVolumes removed:");
    }

    @Test
    @OnlyKelpie
    void replayOfTheSameTouchesNothing() {
        var yaml = Box.pod("same", Box.container("a", Box.staying()));
        var first = kelpie.play(yaml);
        var pid = kelpie.pid("same-a");
        var started = kelpie.inspect("same-a").at("/State/StartedAt").asText();
        assertThat(kelpie.play(yaml)).isEqualTo(first);
        assertThat(kelpie.pid("same-a")).isEqualTo(pid);
        assertThat(kelpie.inspect("same-a").at("/State/StartedAt").asText()).isEqualTo(started);
    }

    @Test
    void changedManifestNeedsReplace() {
        kelpie.play(Box.pod("changed", Box.container("a", Box.staying())));
        var pid = kelpie.pid("changed-a");
        var next = Box.pod("changed", Box.container("a", "echo new; " + Box.staying()));
        assertThat(kelpie.playFails(next)).contains("changed");
        assertThat(kelpie.pid("changed-a")).isEqualTo(pid);
        kelpie.play(next, "--replace");
        assertThat(kelpie.pid("changed-a")).isNotEqualTo(pid);
        kelpie.awaitLog("changed-a", "new");
    }

    @Test
    void replaceShowsWhatItTookDown() {
        var yaml = Box.pod("again", Box.container("a", Box.staying()));
        var old = kelpie.play(yaml).lines().toList().get(1);
        var next = Box.pod("again", Box.container("a", "echo new; " + Box.staying()));
        assertThat(kelpie.play(next, "--replace"))
                .startsWith("Pods stopped:\n" + old + "\nPods removed:\n" + old + "\n")
                .contains("\nPod:\n");
    }

    @Test
    void startFalseOnlyCreates() {
        kelpie.play(Box.pod("idle", Box.container("a", Box.staying())), "--start=false");
        assertThat(kelpie.state("idle-a")).isEqualTo("created");
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Status}}")).isEqualTo("Created");
        kelpie.ok("pod", "start", "idle");
        kelpie.awaitState("idle-a", "running");
    }

    @Test
    void playsWhatComesOnStandardInput() {
        var yaml = Box.pod("piped", Box.container("a", Box.staying()));
        kelpie.runWithInput(yaml, "kube", "play", "-").expect(0);
        assertThat(kelpie.state("piped-a")).isEqualTo("running");
        kelpie.runWithInput(yaml, "kube", "down", "-").expect(0);
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    @OnlyKelpie
    void playsManyDocumentsOfManyFiles() {
        var first = kelpie.directory().resolve("first.yaml");
        var second = kelpie.directory().resolve("second.yaml");
        Host.write(
                first,
                Box.pod("p1", Box.container("a", Box.staying()))
                        + "---\n"
                        + Box.pod("p2", Box.container("a", Box.staying())));
        Host.write(second, Box.pod("p3", Box.container("a", Box.staying())));
        var output = kelpie.ok("kube", "play", first.toString(), second.toString());
        assertThat(output.lines().filter("Pod:"::equals)).hasSize(3);
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Name}}").lines())
                .containsExactlyInAnyOrder("p1", "p2", "p3");
        kelpie.ok("kube", "down", first.toString(), second.toString());
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
    }

    @Test
    @OnlyKelpie
    void playsTheManifestsOfAFolder() {
        var folder = kelpie.directory().resolve("folder");
        Host.write(folder.resolve("a.yaml"), Box.pod("fa", Box.container("a", Box.staying())));
        Host.write(folder.resolve("b.yml"), Box.pod("fb", Box.container("a", Box.staying())));
        Host.write(folder.resolve("notes.txt"), "no: manifest: at: all");
        kelpie.ok("kube", "play", folder.toString());
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Name}}").lines())
                .containsExactlyInAnyOrder("fa", "fb");
    }

    @Test
    @OnlyKelpie
    void playsEveryReplicaOfADeployment() {
        var file = Host.example("deployment").resolve("pod.yaml").toString();
        var output = kelpie.ok("kube", "play", Host.example("deployment").toString());
        assertThat(output.lines().filter("Pod:"::equals)).hasSize(3);
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Name}} {{.Status}}").lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith("crew-pod") && line.endsWith("Running"));
        kelpie.ok("kube", "down", file);
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
    }

    @Test
    void namesTheOnlyPodOfADeployment() {
        kelpie.play(
                """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: solo}
                spec:
                  selector: {matchLabels: {app: solo}}
                  template:
                    metadata: {labels: {app: solo}}
                    spec:
                      containers:
                      - {name: a, image: 'localhost/box:1', command: [sleep, '1000']}
                """);
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Name}}")).isEqualTo("solo-pod");
        assertThat(kelpie.state("solo-pod-a")).isEqualTo("running");
    }

    @Test
    void keepsLabelsAndAnnotations() {
        kelpie.play(
                Box.pod("tagged", Box.container("a", Box.staying()))
                        .replace(
                                "  name: tagged\n",
                                """
                                  name: tagged
                                  labels: {tier: front}
                                  annotations: {example.org/why: because}
                                """));
        assertThat(kelpie.ok("pod", "ps", "-q", "--filter", "label=tier=front")).isNotEmpty();
        assertThat(kelpie.inspect("tagged-a").at("/Config/Labels/tier").asText())
                .isEqualTo("front");
    }

    @Test
    void playsPodsWithoutAnInfluenceOnEachOther() {
        var yaml =
                Box.pod("good", Box.container("a", Box.staying()))
                        + "---\n"
                        + Box.podWith(
                                "short", "restartPolicy: Never\n", Box.container("a", "exit 3"));
        kelpie.play(yaml);
        kelpie.awaitState("short-a", "exited");
        assertThat(kelpie.inspect("short-a").at("/State/ExitCode").asInt()).isEqualTo(3);
        assertThat(kelpie.state("good-a")).isEqualTo("running");
    }

    @Test
    @OnlyKelpie
    void failedPlayLeavesWhatWasThereBefore() {
        kelpie.play(Box.pod("old", Box.container("a", Box.staying())));
        var before = kelpie.ok("ps", "-a", "--format", "{{.ID}} {{.Names}}");
        var yaml =
                Box.pod("new1", Box.container("a", Box.staying()))
                        + "---\n"
                        + Box.pod("new2", Box.container("a", "true"))
                                .replace(Box.IMAGE, "localhost/no-such-image:1");
        assertThat(kelpie.playFails(yaml)).contains("localhost/no-such-image:1");
        assertThat(kelpie.ok("ps", "-a", "--format", "{{.ID}} {{.Names}}")).isEqualTo(before);
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Name}}")).isEqualTo("old");
    }

    @Test
    void aCommandThatCannotStartIsNamed() {
        var yaml =
                Box.pod("odd", Box.container("good", Box.staying()))
                        + "    - {name: bad, image: 'localhost/box:1', command: [/no/such/program]}\n";
        assertThat(kelpie.playFails(yaml)).contains("/no/such/program");
        if (Kelpie.isKelpie()) {
            assertThat(kelpie.ok("ps", "-aq")).isEmpty();
        }
        kelpie.ok("kube", "down", kelpie.manifest(yaml).toString());
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void joinsTheNamedNetworkModes() {
        kelpie.play(Box.pod("lonely", Box.container("a", Box.staying())), "--network", "none");
        assertThat(kelpie.ok("exec", "lonely-a", "ls", "/sys/class/net")).isEqualTo("lo");
        kelpie.play(Box.pod("hosted", Box.container("a", Box.staying())), "--network", "host");
        assertThat(List.of(kelpie.ok("exec", "hosted-a", "ls", "/sys/class/net").split("\\s+")))
                .containsExactlyInAnyOrder(Host.run("ls", "/sys/class/net").text().split("\\s+"));
    }
}
