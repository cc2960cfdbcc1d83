package dev.kelpie.app.command.pod;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The commands of this group.
public final class PodCommands {
    private PodCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of("pod create", Create.class, Create::new),
                Entry.of("pod exists", Exists.class, Exists::new),
                Entry.of("pod inspect", Inspect.class, Inspect::new),
                Entry.of("pod kill", Kill.class, Kill::new),
                Entry.of("pod logs", Logs.class, Logs::new),
                Entry.of("pod pause", Pause.class, Pause::new),
                Entry.of("pod prune", Prune.class, Prune::new),
                Entry.of("pod ps", Ps.class, Ps::new, "pod ls", "pod list"),
                Entry.of("pod restart", Restart.class, Restart::new),
                Entry.of("pod rm", Rm.class, Rm::new),
                Entry.of("pod start", Start.class, Start::new),
                Entry.of("pod stop", Stop.class, Stop::new),
                Entry.of("pod unpause", Unpause.class, Unpause::new));
    }
}
