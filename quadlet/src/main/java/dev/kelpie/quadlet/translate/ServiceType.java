package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.BadKeyException;

/// What a container's service may say of its own process: systemd has to see the container end.
final class ServiceType {
    private ServiceType() {}

    static void requireKillMode(Conversion conversion) {
        var mode = conversion.service().setting("KillMode").orElse("mixed");
        if (!mode.equals("mixed") && !mode.equals("control-group")) {
            throw new BadKeyException("KillMode", "invalid KillMode '" + mode + "'");
        }
    }

    static boolean isOneshot(Conversion conversion) {
        var type = conversion.service().setting("Type").orElse("notify");
        if (!type.equals("notify") && !type.equals("oneshot")) {
            throw new BadKeyException("Type", "invalid service Type '" + type + "'");
        }
        return type.equals("oneshot");
    }
}
