package dev.kelpie.engine.state;

import java.util.Map;

/// What plays brought besides pods, volumes and secrets.
///
/// @param services by `NAMESPACE/NAME`; likewise the others
record Brought(Map<String, ServiceRow> services, Map<String, CronRow> crons) {

    static final Brought NOTHING = new Brought(Map.of(), Map.of());
}
