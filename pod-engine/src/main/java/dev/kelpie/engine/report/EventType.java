package dev.kelpie.engine.report;

import java.util.Locale;

/// What kind of thing an event is about.
public enum EventType {
    CONTAINER,
    IMAGE,
    NETWORK,
    POD,
    SECRET,
    SYSTEM,
    VOLUME;

    /// As Podman writes it: `container`, `image`, ….
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
