package dev.kelpie.engine.report;

import java.util.List;

/// One line of a plan.
///
/// @param replacedId id of the pod that is there now, empty when there is none
/// @param images references that have to be pulled for it
public record PlannedPod(String name, PodAction action, String replacedId, List<String> images) {
    public PlannedPod {
        images = List.copyOf(images);
    }
}
