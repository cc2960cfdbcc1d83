package dev.kelpie.engine.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.spec.Handler;
import dev.kelpie.engine.spec.Probe;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TallyTest {

    private static Probe probe(int successes, int failures) {
        return new Probe(
                new Handler.Exec(List.of("true")),
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofSeconds(10),
                successes,
                failures,
                Optional.empty());
    }

    /// Answers as they come (`+` good, `-` bad) and the verdict after each.
    @ParameterizedTest
    @CsvSource({
        "READINESS, 1, 3, +,       PASSED",
        "READINESS, 1, 3, ---,     FAILED FAILED FAILED",
        "READINESS, 1, 3, +--+,    PASSED PASSED PASSED PASSED",
        "READINESS, 1, 3, +---+,   PASSED PASSED PASSED FAILED PASSED",
        "READINESS, 2, 1, ++-+-++, FAILED PASSED FAILED FAILED FAILED FAILED PASSED",
        "LIVENESS,  1, 3, --,      PASSED PASSED",
        "LIVENESS,  1, 3, --+---,  PASSED PASSED PASSED PASSED PASSED FAILED",
        "LIVENESS,  1, 1, -,       FAILED",
        "STARTUP,   1, 3, --+,     UNKNOWN UNKNOWN PASSED",
        "STARTUP,   1, 3, ---,     UNKNOWN UNKNOWN FAILED",
        "HEALTH,    1, 2, -+--,    UNKNOWN PASSED PASSED FAILED",
    })
    void countsAnswersUpToTheThresholds(
            ProbeKind kind, int successes, int failures, String answers, String verdicts) {
        var tally = Tally.first(kind);
        var seen = new StringBuilder();
        for (int i = 0; i < answers.length(); i++) {
            tally = tally.after(answers.charAt(i) == '+', probe(successes, failures));
            seen.append(tally.verdict()).append(' ');
        }
        assertThat(seen.toString().strip()).isEqualTo(verdicts);
    }
}
