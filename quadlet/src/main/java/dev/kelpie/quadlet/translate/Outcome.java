package dev.kelpie.quadlet.translate;

import java.util.List;

/// What became of one unit file.
///
/// @param links that make systemd start it; also for a unit that failed, so that it is seen
public record Outcome(Unit unit, Result result, List<Link> links, List<String> warnings) {

    public Outcome {
        links = List.copyOf(links);
        warnings = List.copyOf(warnings);
    }

    public sealed interface Result {
        /// The unit file now has systemd's words.
        record Translated() implements Result {}

        /// The unit file could not be translated.
        record Refused(String reason, String key) implements Result {}

        /// Another unit file makes a service of this name already.
        record Shadowed(Unit by) implements Result {}
    }
}
