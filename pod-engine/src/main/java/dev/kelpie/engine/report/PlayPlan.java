package dev.kelpie.engine.report;

import java.util.List;

/// What a play would do; nothing was touched to find out.
public record PlayPlan(
        List<PlannedPod> pods,
        List<String> newVolumes,
        List<PlannedSecret> secrets,
        List<String> newServices) {
    public PlayPlan {
        pods = List.copyOf(pods);
        newVolumes = List.copyOf(newVolumes);
        secrets = List.copyOf(secrets);
        newServices = List.copyOf(newServices);
    }
}
