package dev.kelpie.engine.report;

import java.util.List;

/// A pod after a play.
///
/// @param containerIds of its containers, in the order of the manifest; neither infra nor init
public record PlayedPod(
        String id,
        String name,
        PodAction action,
        List<String> containerIds,
        List<String> initContainerIds,
        List<StartFailure> startFailures) {

    public PlayedPod {
        containerIds = List.copyOf(containerIds);
        initContainerIds = List.copyOf(initContainerIds);
        startFailures = List.copyOf(startFailures);
    }
}
