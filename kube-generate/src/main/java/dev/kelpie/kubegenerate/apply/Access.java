package dev.kelpie.kubegenerate.apply;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// How to reach a cluster.
///
/// @param file the kubeconfig
/// @param context of it; empty for its current one
/// @param authority certificate of the server's authority instead of the kubeconfig's
/// @param environment of the caller, for proxies
public record Access(
        Path file,
        Optional<String> context,
        Optional<Authority> authority,
        Map<String, String> environment) {
    public Access {
        environment = Map.copyOf(environment);
    }

    /// Whom to trust.
    public sealed interface Authority {
        /// The certificate in a file.
        record InFile(Path file) implements Authority {}

        /// Whoever answers.
        record Anyone() implements Authority {}
    }
}
