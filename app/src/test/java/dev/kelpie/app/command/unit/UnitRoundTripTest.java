package dev.kelpie.app.command.unit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.FakeSession;
import dev.kelpie.app.command.FakeSurroundings;
import dev.kelpie.app.command.container.RunLine;
import dev.kelpie.engine.spec.PodSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// The unit that is generated of a container starts that container again.
final class UnitRoundTripTest {
    /// More with `-Dkelpie.cases=1000000`, others with `-Dkelpie.seed=1`.
    private static final long CASES = Long.getLong("kelpie.cases", 3000);

    private static final long SEED = Long.getLong("kelpie.seed", 0);

    private final RunLine run =
            new RunLine(new Call(new FakeSession(), FakeSurroundings.withoutEngine()));

    @Test
    void startsWhatItWasGeneratedFrom() {
        int said = 0;
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            var words = new RandomRun(seed).words();
            var before = spec(words);
            var losses = new ArrayList<String>();
            var text = unit(before, losses);
            if (losses.isEmpty()) {
                said++;
                var started = Started.words("web.container", text, "ExecStart");
                var again = started.subList(1, started.size());
                assertThat(spec(again))
                        .as("seed %d: %s\n%s\n%s", seed, words, text, again)
                        .usingRecursiveComparison()
                        // systemd sees to these
                        .ignoringFieldsMatchingRegexes(
                                ".*\\.upkeep\\.(autoRemove|group|says)",
                                ".*\\.(restartPolicy|maxRetries)")
                        .ignoringCollectionOrderInFieldsMatchingRegexes(".*\\.(env|alias)")
                        .isEqualTo(before);
            }
        }
        assertThat(said).isGreaterThan((int) (CASES / 2));
    }

    private PodSpec spec(List<String> words) {
        return run.read(words, "web", _ -> {}).solo();
    }

    private static String unit(PodSpec spec, List<String> losses) {
        var container = spec.containers().getFirst();
        try {
            return new ContainerText(container, spec, Optional.empty(), losses::add).text();
        } catch (IllegalArgumentException e) {
            losses.add(String.valueOf(e.getMessage()));
            return "";
        }
    }
}
