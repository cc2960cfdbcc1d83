package dev.kelpie.app.convert;

import java.util.List;
import java.util.Optional;

/// One container as the words after `run`.
///
/// @param name of the container
/// @param pod that it is in, where the notation says so
/// @param infra whether it only holds the namespaces of that pod
public record Line(String name, Optional<String> pod, boolean infra, List<String> words) {
    public Line {
        words = List.copyOf(words);
    }

    /// A container that is in no pod.
    public static Line of(String name, List<String> words) {
        return new Line(name, Optional.empty(), false, words);
    }
}
