package dev.kelpie.app.command.event;

import dev.kelpie.engine.report.ContainerState;
import dev.kelpie.engine.report.Event;
import java.util.List;
import java.util.Optional;

/// What is known of a pod or container and how it came to be as it is.
///
/// @param kind `pod` or `container`
/// @param state in a few words
/// @param troubles what is not as it should be, a line each
/// @param parts its containers; none of what is gone
/// @param events oldest first
/// @param hints what to do next
record Diagnosis(
        String kind,
        String name,
        String id,
        String state,
        List<String> troubles,
        List<Part> parts,
        List<Event> events,
        List<String> hints) {

    Diagnosis {
        troubles = List.copyOf(troubles);
        parts = List.copyOf(parts);
        events = List.copyOf(events);
        hints = List.copyOf(hints);
    }

    /// One container; its state is empty when it is gone.
    ///
    /// @param log its last lines
    record Part(String name, String image, Optional<ContainerState> state, List<String> log) {
        Part {
            log = List.copyOf(log);
        }
    }
}
