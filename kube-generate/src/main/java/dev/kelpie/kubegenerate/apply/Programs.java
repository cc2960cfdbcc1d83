package dev.kelpie.kubegenerate.apply;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Runs programs as the caller would: in its directory, with an empty standard input.
@FunctionalInterface
public interface Programs {
    /// What a program left.
    record Ended(int exit, String stdout, String stderr) {}

    /// Runs one to its end.
    ///
    /// @param argv the program by its path, and its arguments
    /// @param environment all that it gets
    /// @throws IOException when it cannot be started, or has not ended after a minute
    Ended run(List<String> argv, Map<String, String> environment)
            throws IOException, InterruptedException;
}
