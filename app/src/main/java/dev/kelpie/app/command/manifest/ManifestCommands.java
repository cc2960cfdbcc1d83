package dev.kelpie.app.command.manifest;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The commands of this group.
public final class ManifestCommands {
    private ManifestCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of("manifest add", Add.class, Add::new),
                Entry.of("manifest annotate", Annotate.class, Annotate::new),
                Entry.of("manifest create", Create.class, Create::new),
                Entry.of("manifest exists", Exists.class, Exists::new),
                Entry.of("manifest inspect", Inspect.class, Inspect::new),
                Entry.of("manifest push", Push.class, Push::new),
                Entry.of("manifest remove", Remove.class, Remove::new),
                Entry.of("manifest rm", Rm.class, Rm::new));
    }
}
