package dev.kelpie.app.command.measure;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The commands of this group.
public final class MeasureCommands {
    private MeasureCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of("pod stats", PodStats.class, PodStats::new),
                Entry.of("pod top", PodTop.class, PodTop::new).operandsLast(),
                Entry.of("stats", Stats.class, Stats::new, "container stats"),
                Entry.of("top", Top.class, Top::new, "container top").operandsLast());
    }
}
