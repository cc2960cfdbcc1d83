package dev.kelpie.engine.probe;

import dev.kelpie.engine.spec.Probe;

/// How often in a row a probe was answered alike, and what that means so far. Nothing beyond the
/// threshold is counted, so that a tally of a probe that goes on as before does not change.
///
/// @param passed what the last answers were
/// @param inRow how many of them; 0 before the first
public record Tally(boolean passed, int inRow, Verdict verdict) {

    /// Before the first answer: alive, but not ready, and nobody knows whether it has started.
    public static Tally first(ProbeKind kind) {
        return new Tally(
                false,
                0,
                switch (kind) {
                    case LIVENESS -> Verdict.PASSED;
                    case READINESS -> Verdict.FAILED;
                    case STARTUP, HEALTH_STARTUP, HEALTH -> Verdict.UNKNOWN;
                });
    }

    /// With one more answer.
    public Tally after(boolean success, Probe probe) {
        var threshold = success ? probe.successThreshold() : probe.failureThreshold();
        var count = success == passed ? Math.min(inRow + 1, threshold) : 1;
        var reached = count >= threshold;
        return new Tally(
                success, count, reached ? (success ? Verdict.PASSED : Verdict.FAILED) : verdict);
    }

    /// Failures in a row.
    public int failures() {
        return passed ? 0 : inRow;
    }
}
