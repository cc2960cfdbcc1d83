package dev.kelpie.app.command.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.FakeSession;
import dev.kelpie.app.command.FakeSurroundings;
import dev.kelpie.engine.spec.VolumeMount;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class RunLineTest {
    private final List<String> losses = new ArrayList<>();
    private final FakeSession session = new FakeSession();
    private final RunLine run = new RunLine(new Call(session, FakeSurroundings.withoutEngine()));

    @Test
    void leavesOutTheFlagsThatFailAndKeepsTheOthers() {
        var draft =
                read("--env=A=1", "--publish=x:y:z:9", "--user=5", "--memory=lots", "--env=B=2");
        assertThat(draft.solo().containers().getFirst().toString()).contains("A", "B");
        assertThat(losses)
                .hasSize(2)
                .anyMatch(loss -> loss.startsWith("--publish=x:y:z:9: "))
                .anyMatch(loss -> loss.startsWith("--memory=lots: "));
    }

    @Test
    void noLimitOfProcessesIsNotTheUsualOne() {
        assertThat(pids("--pids-limit=-1")).hasValue(0);
        assertThat(pids("--pids-limit=0")).hasValue(0);
        assertThat(pids("--pids-limit=9")).hasValue(9);
        assertThat(pids("--tty")).isEmpty();
    }

    @Test
    void mountsThatMayNotBeWrittenAreReadOnly() {
        for (var word : List.of("ro", "readonly=true", "rw=false")) {
            var pod = read("--mount=type=volume,src=v,dst=/v," + word).solo();
            assertThat(pod.containers().getFirst().mounts().getFirst().readOnly()).isTrue();
        }
        read("--mount=type=image,src=i,dst=/i,rw=true");
        assertThat(losses).singleElement().asString().contains("an image is read-only");
    }

    @Test
    void aReadOnlyRootHasItsPlacesToWriteAmongTheMounts() {
        var own = read("--read-only").solo().containers().getFirst();
        assertThat(own.security().noScratch()).isTrue();
        assertThat(own.mounts()).extracting(VolumeMount::mountPath).contains("/tmp");
        var bare = read("--read-only", "--read-only-tmpfs=false").solo().containers().getFirst();
        assertThat(bare.mounts()).isEmpty();
    }

    private OptionalLong pids(String flag) {
        return read(flag).solo().containers().getFirst().resources().pidsLimit();
    }

    @Test
    void refusesOptionsOfMemoryThatNobodyKnows() {
        read("--tmpfs=/t:bogus=1");
        assertThat(losses).singleElement().asString().contains("unknown mount option");
    }

    @Test
    void refusesWhatHasNoEnd() {
        var many = Collections.nCopies(20_000, "--env=A=1").toArray(String[]::new);
        assertThatThrownBy(() -> read(many)).hasMessageContaining("10000 words");
        var bad = Collections.nCopies(1000, "--memory=lots").toArray(String[]::new);
        assertThatThrownBy(() -> read(bad)).hasMessageContaining("100 flags that fail");
    }

    private RunLine.Draft read(String... flags) {
        var words = new ArrayList<>(List.of(flags));
        words.add("image");
        return run.read(words, "web", losses::add);
    }
}
