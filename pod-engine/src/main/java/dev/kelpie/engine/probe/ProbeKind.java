package dev.kelpie.engine.probe;

import java.util.Locale;

/// What a probe is asked for.
public enum ProbeKind {
    STARTUP,
    LIVENESS,
    READINESS,
    /// A health check's own startup check.
    HEALTH_STARTUP,
    HEALTH;

    /// `startup`, `liveness`, `readiness`, `health`.
    public String word() {
        return this == HEALTH_STARTUP ? "startup" : name().toLowerCase(Locale.ROOT);
    }

    /// The one that has to pass before this one is asked.
    java.util.Optional<ProbeKind> gate() {
        return switch (this) {
            case STARTUP, HEALTH_STARTUP -> java.util.Optional.empty();
            case LIVENESS, READINESS -> java.util.Optional.of(STARTUP);
            case HEALTH -> java.util.Optional.of(HEALTH_STARTUP);
        };
    }

    boolean isGate() {
        return this == STARTUP || this == HEALTH_STARTUP;
    }
}
