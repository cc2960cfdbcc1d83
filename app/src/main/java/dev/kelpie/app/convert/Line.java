package dev.kelpie.app.convert;

import java.util.List;
import java.util.Optional;

/// One container as the words after `run`, and what these have no flag for.
///
/// @param name of the container
/// @param pod that it is in, where the notation says so
/// @param infra whether it only holds the namespaces of that pod
/// @param files whose content came with it
public record Line(
        String name, Optional<String> pod, boolean infra, List<String> words, List<File> files) {
    public Line {
        words = List.copyOf(words);
        files = List.copyOf(files);
    }

    /// A file in the container.
    ///
    /// @param source what it is called among its like
    public record File(String source, String target, String base64, int mode) {}

    /// A container that is in no pod.
    public static Line of(String name, List<String> words) {
        return new Line(name, Optional.empty(), false, words, List.of());
    }

    /// The same with these files.
    public Line with(List<File> others) {
        return new Line(name, pod, infra, words, others);
    }
}
