package dev.kelpie.app.command.volume;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The commands of this group.
public final class VolumeCommands {
    private VolumeCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of("volume create", Create.class, Create::new),
                Entry.of("volume exists", Exists.class, Exists::new),
                Entry.of("volume export", Export.class, Export::new),
                Entry.of("volume import", Import.class, Import::new),
                Entry.of("volume inspect", Inspect.class, Inspect::new),
                Entry.of("volume ls", ListVolumes.class, ListVolumes::new, "volume list"),
                Entry.of("volume mount", Mount.class, Mount::new),
                Entry.of("volume unmount", Unmount.class, Unmount::new),
                Entry.of("volume prune", Prune.class, Prune::new),
                Entry.of("volume rm", Rm.class, Rm::new, "volume remove"));
    }
}
