package dev.kelpie.app.command.unit;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The commands of this group.
public final class UnitCommands {
    private UnitCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of("auto-update", AutoUpdate.class, AutoUpdate::new),
                Entry.of("generate quadlet", GenerateQuadlet.class, GenerateQuadlet::new),
                Entry.of("generate systemd", GenerateSystemd.class, GenerateSystemd::new));
    }
}
