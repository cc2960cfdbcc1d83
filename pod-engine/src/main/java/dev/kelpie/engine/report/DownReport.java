package dev.kelpie.engine.report;

import java.util.List;

/// What a `kube down` did; names of pods that were not there are left out.
///
/// @param failures of pods or volumes that could not be removed
public record DownReport(
        List<String> stopped,
        List<String> removed,
        List<String> secretsRemoved,
        List<String> volumesRemoved,
        List<String> servicesRemoved,
        List<String> cronsRemoved,
        List<Outcome> failures) {
    public DownReport {
        stopped = List.copyOf(stopped);
        removed = List.copyOf(removed);
        secretsRemoved = List.copyOf(secretsRemoved);
        volumesRemoved = List.copyOf(volumesRemoved);
        servicesRemoved = List.copyOf(servicesRemoved);
        cronsRemoved = List.copyOf(cronsRemoved);
        failures = List.copyOf(failures);
    }
}
