package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.event.EventQuery;
import dev.kelpie.engine.report.Event;
import dev.kelpie.engine.report.EventType;
import dev.kelpie.engine.spec.RestartPolicy;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class EventsTest {

    @TempDir Path directory;

    private FakeEngine engine;

    @BeforeEach
    void play() throws InterruptedException {
        engine = FakeEngine.at(directory);
        var container =
                Specs.with(Specs.container("web", "a"), Specs.policy(RestartPolicy.NEVER, false));
        engine.plays.play(
                List.of(Specs.pod("web", List.of(container))), PlayOptions.DEFAULT, _ -> {});
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private List<Event> all() throws InterruptedException {
        var found = new ArrayList<Event>();
        engine.core.journal.read(EventQuery.ALL, found::add);
        return found;
    }

    private List<String> of(String name) throws InterruptedException {
        return all().stream()
                .filter(event -> event.name().equals(name))
                .map(event -> event.type().word() + " " + event.action())
                .toList();
    }

    @Test
    void tellTheLifeOfAContainerInOrder() throws InterruptedException {
        engine.containers.stop(List.of("web-a"), StopOptions.DEFAULT);
        engine.pods.remove(List.of("web"), RemoveOptions.FORCE);
        assertThat(of("web-a"))
                .containsExactly(
                        "container create",
                        "container init",
                        "container start",
                        "container died",
                        "container stop",
                        "container cleanup",
                        "container remove");
        assertThat(of("web")).startsWith("pod create").endsWith("pod remove");
    }

    @Test
    void tellHowAContainerEndedAndToWhichPodItBelongs() throws InterruptedException {
        engine.runtime.end("web-a", 7);
        while (!of("web-a").contains("container cleanup")) {
            Thread.sleep(5);
        }
        assertThat(all())
                .filteredOn(event -> event.action().equals("died"))
                .filteredOn(event -> event.type() == EventType.CONTAINER)
                .filteredOn(event -> event.name().equals("web-a"))
                .singleElement()
                .satisfies(event -> {
                    assertThat(event.fact(Event.EXIT_CODE)).isEqualTo("7");
                    assertThat(event.fact(Event.POD_NAME)).isEqualTo("web");
                });
    }
}
