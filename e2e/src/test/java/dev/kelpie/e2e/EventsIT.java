package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `events`: what happened and what happens, with filters, formats and after a crash.
@OnlyKelpie
class EventsIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private List<String> past(String... flags) {
        var words = new java.util.ArrayList<>(List.of("events", "--stream=false"));
        words.addAll(List.of(flags));
        return kelpie.run(words.toArray(String[]::new)).expect(0).lines();
    }

    @Test
    void tellTheLifeOfAPodAlsoAfterTheServiceWasKilled() {
        kelpie.play(Box.podWith("told", "restartPolicy: Never\n", Box.container("c", "exit 3")));
        kelpie.awaitState("told-c", "exited");
        Await.until(
                "the pod to be down",
                () -> kelpie.ok("pod", "ps", "--format", "{{.Status}}").equals("Exited"));
        kelpie.killService();
        kelpie.ok("pod", "rm", "-f", "told");
        assertThat(past("--filter", "container=told-c", "--format", "{{.Status}}"))
                .containsSubsequence("create", "init", "start", "died", "remove");
        assertThat(past("--filter", "pod=told", "--filter", "type=pod", "--format", "{{.Status}}"))
                .startsWith("create", "start")
                .endsWith("remove");
        var died =
                kelpie.json(
                        "events",
                        "--stream=false",
                        "--format",
                        "json",
                        "--filter",
                        "container=told-c",
                        "--filter",
                        "event=died");
        assertThat(died.path("ContainerExitCode").asInt()).isEqualTo(3);
        assertThat(died.at("/Actor/Attributes/podName").asText()).isEqualTo("told");
    }

    @Test
    void streamShowsWhatComesAndUntilEndsIt() {
        try (var running = kelpie.start("events", "--filter", "type=volume", "--since", "1s")) {
            kelpie.ok("volume", "create", "fresh");
            running.awaitOutput("volume create fresh");
            kelpie.ok("volume", "rm", "fresh");
            running.awaitOutput("volume remove fresh").signal("INT");
        }
        assertThat(past("--since", "1h", "--until", "-30m")).isEmpty();
        assertThat(kelpie.ok("events", "--until", "10ms")).contains("volume remove fresh");
    }

    @Test
    void tellOfImagesAndSecretsAndRefuseWhatTheyDoNotKnow() {
        kelpie.ok("tag", Box.IMAGE, "localhost/other:2");
        kelpie.ok("untag", Box.IMAGE, "localhost/other:2");
        kelpie.runWithInput("x", "secret", "create", "hush", "-").expect(0);
        kelpie.ok("secret", "rm", "hush");
        assertThat(past("--filter", "type=image", "--format", "{{.Status}} {{.Name}}"))
                .contains("tag localhost/other:2", "untag localhost/other:2");
        assertThat(past("--filter", "type=secret", "--format", "{{.Status}} {{.Name}}"))
                .containsSubsequence("create hush", "remove hush");
        assertThat(kelpie.fails(125, "events", "--filter", "color=red")).contains("color");
        assertThat(kelpie.fails(125, "events", "--since", "yesterday")).contains("yesterday");
    }
}
