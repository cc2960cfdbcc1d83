package dev.kelpie.app.command.event;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The commands of this group.
public final class EventCommands {
    private EventCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of("events", Events.class, Events::new, "system events"),
                Entry.of("why", Why.class, Why::new));
    }
}
