package dev.kelpie.kubegenerate.apply;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How to reach a cluster.
///
/// @param files the kubeconfigs; of several, the first that says something goes before the others
/// @param context of them; empty for the current one
/// @param authority certificate of the server's authority instead of the kubeconfig's
/// @param caller whose credentials and proxies count
/// @param programs runs what gives credentials
public record Access(
        List<Path> files,
        Optional<String> context,
        Optional<Authority> authority,
        Caller caller,
        Programs programs) {
    public Access {
        files = List.copyOf(files);
    }

    /// Who asks.
    ///
    /// @param directory from which relative paths are
    /// @param environment may name proxies, and is that of credential plugins
    public record Caller(Path directory, Map<String, String> environment) {
        public Caller {
            environment = Map.copyOf(environment);
        }
    }

    /// Whom to trust.
    public sealed interface Authority {
        /// The certificate in a file.
        record InFile(Path file) implements Authority {}

        /// Whoever answers.
        record Anyone() implements Authority {}
    }
}
