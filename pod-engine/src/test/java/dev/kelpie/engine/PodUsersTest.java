package dev.kelpie.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.sandbox.IdSupply;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.spec.PodUsers.IdRange;
import dev.kelpie.engine.spec.PodUsersSyntax;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.spec.Linux.IdMapping;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Pods with users of their own, on a host that lends 20 times 65536 ids from 100000 on.
class PodUsersTest {

    @TempDir Path directory;
    private FakeEngine engine;

    @BeforeEach
    void open() throws InterruptedException {
        engine = FakeEngine.at(directory);
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private static PodSpec pod(String name, String users) {
        var spec = Specs.pod(name, "c");
        return spec.withSharing(spec.sharing().withUsers(PodUsersSyntax.parse(users, true)));
    }

    private PodRow play(String name, String users) throws InterruptedException {
        engine.plays.play(List.of(pod(name, users)), PlayOptions.DEFAULT, _ -> {});
        return engine.core.store.now().podNamed(name).orElseThrow();
    }

    private static List<IdMapping> uids(PodRow pod) {
        return pod.ids().orElseThrow().uidMappings();
    }

    @Test
    void givesEachPodIdsOfItsOwnAndTakesThemBack() throws InterruptedException {
        assertThat(uids(play("one", "auto"))).containsExactly(new IdMapping(0, 100_000, 65_536));
        assertThat(uids(play("two", "auto"))).containsExactly(new IdMapping(0, 165_536, 65_536));
        engine.pods.remove(List.of("one"), RemoveOptions.FORCE);
        assertThat(uids(play("three", "auto:size=9")))
                .containsExactly(new IdMapping(0, 100_000, 9));
        assertThat(uids(play("four", "auto"))).containsExactly(new IdMapping(0, 231_072, 65_536));
    }

    @Test
    void aReplayKeepsThem() throws InterruptedException {
        var first = play("one", "auto");
        assertThat(play("one", "auto")).isEqualTo(first);
    }

    @Test
    void refusesWhatIsNotThere() {
        assertThatThrownBy(() -> play("one", "auto:size=1310721"))
                .hasMessageStartingWith("no 1310721 user ids are left");
        assertThat(engine.core.store.now().pods()).isEmpty();
    }

    @Test
    void mapsTheMountsOfSuchPodsOnly() throws InterruptedException {
        play("plain", "host");
        assertThat(engine.kernel.mapped).isEmpty();
        play("own", "auto");
        assertThat(engine.kernel.mapped).isNotEmpty();
    }

    @Test
    void keepsTheUserOfARootlessEngine() {
        var ranges = settled("keep-id", 1000);
        assertThat(ranges)
                .containsExactly(
                        new IdRange(0, 1, 1000),
                        new IdRange(1000, 0, 1),
                        new IdRange(1001, 1001, 4000));
        assertThat(settled("keep-id:uid=0", 1000))
                .containsExactly(new IdRange(0, 0, 1), new IdRange(1, 1, 5000));
        assertThat(settled("nomap", 1000)).containsExactly(new IdRange(0, 1, 5000));
    }

    /// Of a user with 5000 ids besides his own.
    private List<IdRange> settled(String users, int uid) {
        var spans = List.of(new IdSupply.Span(1, 5000));
        var caller = Optional.of(new IdSupply.Caller(uid, uid, "me", "us"));
        var supply = new IdSupply(spans, spans, caller, 5001, 5001);
        var state = engine.core.store.now();
        var spec = new PodIds(state, supply).settled(pod("p", users), 1024);
        return spec.sharing().users().orElseThrow() instanceof PodUsers.Settled done
                ? done.uids()
                : List.of();
    }

    @Test
    void whoHasFewIdsGivesWhatIsNeeded() {
        assertThat(settled("auto", 1000)).containsExactly(new IdRange(0, 1, 1024));
        assertThat(PodIds.needed(pod("p", "auto"), Map.of())).isEqualTo(1024);
    }
}
