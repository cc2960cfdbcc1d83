package dev.kelpie.engine.report;

import java.time.Instant;

/// One answer to a probe.
///
/// @param kind `startup`, `liveness`, `readiness` or `health`
/// @param exitCode of a command; 0 or 1 of every other
/// @param output what it said, cut
public record ProbeResult(String kind, Instant start, Instant end, int exitCode, String output) {

    public boolean passed() {
        return exitCode == 0;
    }
}
