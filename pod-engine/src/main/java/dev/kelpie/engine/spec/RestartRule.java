package dev.kelpie.engine.spec;

import java.util.List;

/// Starts a container again after certain exit codes, whatever its restart policy says
/// (`restartPolicyRules`).
///
/// @param in whether it holds for these codes, or for all others
public record RestartRule(boolean in, List<Integer> exitCodes) {

    public RestartRule {
        exitCodes = List.copyOf(exitCodes);
    }

    public boolean holdsFor(int exitCode) {
        return exitCodes.contains(exitCode) == in;
    }
}
