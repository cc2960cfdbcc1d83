package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `ps`, `pod ps`, `inspect`, `pod inspect` and their formats.
class ListIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private void playPod() {
        kelpie.play(
                Box.pod(
                        "pod",
                        Box.container("a", Box.staying()),
                        Box.container("b", Box.staying())));
    }

    @Test
    void psShowsATable() {
        playPod();
        var lines = kelpie.run("ps").lines();
        assertThat(lines.getFirst().split(" {2,}", -1))
                .contains(
                        "CONTAINER ID", "IMAGE", "COMMAND", "CREATED", "STATUS", "PORTS", "NAMES");
        assertThat(lines).hasSize(4);
        assertThat(lines)
                .anySatisfy(line -> assertThat(line).contains("localhost/box:1", "Up ", "pod-a"));
    }

    @Test
    void psShowsWhatIsAskedFor() {
        playPod();
        kelpie.ok("create", "--name", "still", Box.IMAGE, "true");
        assertThat(kelpie.ok("ps", "-q").lines()).hasSize(3).allMatch(id -> id.length() == 12);
        assertThat(kelpie.ok("ps", "-aq", "--no-trunc").lines()).hasSize(4);
        assertThat(kelpie.ok("ps", "--filter", "name=pod-b", "--format", "{{.Names}} {{.State}}"))
                .isEqualTo("pod-b running");
        assertThat(kelpie.ok("ps", "-a", "--filter", "status=created", "--format", "{{.Names}}"))
                .isEqualTo("still");
        assertThat(kelpie.run("ps", "--pod").lines().getFirst()).contains("POD ID", "PODNAME");
        assertThat(kelpie.ok("ps", "--size", "--format", "{{.Size}}").lines())
                .hasSize(3)
                .allMatch(size -> size.matches("[0-9.]+k?B \\(virtual [0-9.]+[kM]?B\\)"));
        assertThat(kelpie.ok("ps", "--noheading").lines())
                .noneMatch(line -> line.contains("NAMES"));
    }

    @Test
    void psGivesJson() {
        playPod();
        var list = kelpie.json("ps", "--pod", "--format", "json", "--filter", "name=pod-a");
        assertThat(list).hasSize(1);
        var container = list.get(0);
        assertThat(container.at("/Names/0").asText()).isEqualTo("pod-a");
        assertThat(container.at("/Id").asText()).hasSize(64);
        assertThat(container.at("/State").asText()).isEqualTo("running");
        assertThat(container.at("/PodName").asText()).isEqualTo("pod");
        assertThat(container.at("/Pid").asLong()).isPositive();
        assertThat(kelpie.json("ps", "-a", "--format", "json", "--filter", "name=none")).isEmpty();
    }

    @Test
    void templatesAreGoTemplates() {
        playPod();
        assertThat(kelpie.ok("inspect", "--format", "{{.State.Status}}", "pod-a"))
                .isEqualTo("running");
        assertThat(kelpie.ok("inspect", "-f", "{{json .Config.Cmd}} {{.Name}}", "pod-a"))
                .endsWith(" pod-a");
        assertThat(kelpie.ok("ps", "--format", "table {{.Names}}\t{{.State}}"))
                .startsWith("NAMES ");
        assertThat(kelpie.fails(125, "ps", "--format", "{{.NoSuchField}}")).contains("NoSuchField");
    }

    @Test
    void podPsShowsATable() {
        playPod();
        var lines = kelpie.run("pod", "ps").lines();
        assertThat(lines.getFirst().split(" {2,}", -1))
                .contains("POD ID", "NAME", "STATUS", "CREATED", "INFRA ID", "# OF CONTAINERS");
        assertThat(lines.get(1)).contains("pod", "Running", "3");
        assertThat(kelpie.ok("pod", "ps", "-q", "--no-trunc")).hasSize(64);
        var json = kelpie.json("pod", "ps", "--format", "json").get(0);
        assertThat(json.at("/Name").asText()).isEqualTo("pod");
        assertThat(json.at("/Containers")).hasSize(3);
    }

    @Test
    void podStatusFollowsItsContainers() {
        playPod();
        kelpie.ok("stop", "pod-a");
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Status}}")).isEqualTo("Degraded");
        kelpie.ok("pod", "stop", "pod");
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Status}}")).isEqualTo("Exited");
    }

    @Test
    void inspectShowsWhatWasAskedForAndWhatIs() {
        playPod();
        var container = kelpie.inspect("pod-a");
        assertThat(container.at("/Name").asText()).isEqualTo("pod-a");
        assertThat(container.at("/ImageName").asText()).isEqualTo(Box.IMAGE);
        assertThat(container.at("/State/Running").asBoolean()).isTrue();
        assertThat(container.at("/Pod").asText()).hasSize(64);
        assertThat(Host.run("cat", "/proc/" + kelpie.pid("pod-a") + "/comm").text())
                .isEqualTo("sh");
        var pod = kelpie.json("pod", "inspect", "pod");
        var first = pod.isArray() ? pod.get(0) : pod;
        assertThat(first.at("/Name").asText()).isEqualTo("pod");
        assertThat(first.at("/State").asText()).isEqualTo("Running");
        assertThat(first.at("/NumContainers").asInt()).isEqualTo(3);
    }

    @Test
    void inspectOfNothingIsAnEmptyListAndAnError() {
        var result = kelpie.run("inspect", "no-such").expect(125);
        assertThat(result.text()).isEqualTo("[]");
        assertThat(result.stderr()).contains("no-such");
        assertThat(kelpie.fails(125, "pod", "inspect", "no-such")).contains("no-such");
    }
}
