package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Several commands at the same time, and commands that are broken off.
@OnlyKelpie
class TogetherIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private String file(String pod, String yaml) {
        return Host.write(kelpie.directory().resolve(pod + ".yaml"), yaml).toString();
    }

    @Test
    void differentPodsArePlayedSideBySide() {
        var plays =
                IntStream.range(0, 5)
                        .mapToObj(i -> "p" + i)
                        .map(p -> file(p, Box.pod(p, Box.container("c", Box.staying()))))
                        .map(path -> kelpie.start("kube", "play", path))
                        .toList();
        plays.forEach(play -> play.await().expect(0));
        assertThat(kelpie.ok("ps", "-q", "--filter", "status=running").lines()).hasSize(10);
    }

    @Test
    void theSamePodIsMadeOnce() {
        var path = file("same", Box.pod("same", Box.container("c", Box.staying())));
        var plays =
                IntStream.range(0, 4).mapToObj(i -> kelpie.start("kube", "play", path)).toList();
        plays.forEach(play -> play.await().expect(0));
        assertThat(kelpie.ok("pod", "ps", "-q").lines()).hasSize(1);
        assertThat(kelpie.ok("ps", "-aq").lines()).hasSize(2);
    }

    @Test
    void playAndDownAtTheSameTimeEndInOneOrTheOther() {
        var path = file("torn", Box.pod("torn", Box.container("c", Box.staying())));
        for (var i = 0; i < 3; i++) {
            var play = kelpie.start("kube", "play", path);
            var down = kelpie.start("kube", "down", path);
            play.await();
            down.await().expect(0);
            assertThat(kelpie.ok("ps", "-aq").lines().count()).isIn(0L, 2L);
        }
        kelpie.ok("kube", "down", path);
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void aPlayThatIsBrokenOffIsTakenBack() {
        var yaml =
                Box.podWith(
                        "long",
                        "initContainers: [{name: first, image: 'localhost/box:1', command: [sleep, '1000']}]\n",
                        Box.container("c", Box.staying()));
        var play = kelpie.start("kube", "play", file("long", yaml));
        Await.until(
                "the init container",
                () -> kelpie.ok("ps", "--format", "{{.Names}}").contains("long-first"));
        assertThat(play.signal("INT").await().exitCode()).isEqualTo(130);
        Await.until("the pod to be gone", () -> kelpie.ok("pod", "ps", "-q").isEmpty());
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void aFailedInitContainerTakesThePlayBack() {
        var spec =
                """
                restartPolicy: Never
                initContainers: [{name: first, image: 'localhost/box:1', command: [sh, -c, 'exit 3']}]
                """;
        var yaml = Box.podWith("unready", spec, Box.container("c", Box.staying()));
        var result = kelpie.run("kube", "play", file("unready", yaml)).expect(125);
        assertThat(result.stderr()).contains("first").contains("3");
    }

    @Test
    void stoppingDoesNotHoldUpOthers() {
        kelpie.ok("run", "-d", "--name", "deaf", Box.IMAGE, "sleep", "1000");
        var stop = kelpie.start("stop", "-t", "20", "deaf");
        kelpie.ok("run", "-d", "--name", "other", Box.IMAGE, "sleep", "1000");
        assertThat(kelpie.ok("exec", "other", "echo", "at once")).isEqualTo("at once");
        assertThat(stop.isAlive()).isTrue();
        kelpie.ok("kill", "deaf");
        stop.await();
    }
}
