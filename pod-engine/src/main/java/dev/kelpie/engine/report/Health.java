package dev.kelpie.engine.report;

import java.util.List;

/// How a container that is probed does, as Podman words it.
///
/// @param status `starting`, `healthy` or `unhealthy`
/// @param failingStreak failures in a row
/// @param log the last answers, oldest first
public record Health(String status, int failingStreak, List<ProbeResult> log) {

    public static final String STARTING = "starting";
    public static final String HEALTHY = "healthy";
    public static final String UNHEALTHY = "unhealthy";

    public Health {
        log = List.copyOf(log);
    }
}
