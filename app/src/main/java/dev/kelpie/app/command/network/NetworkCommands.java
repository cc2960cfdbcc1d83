package dev.kelpie.app.command.network;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The commands of this group.
public final class NetworkCommands {
    private NetworkCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of("network connect", Connect.class, Connect::new),
                Entry.of("network create", Create.class, Create::new),
                Entry.of("network disconnect", Disconnect.class, Disconnect::new),
                Entry.of("network exists", Exists.class, Exists::new),
                Entry.of("network inspect", Inspect.class, Inspect::new),
                Entry.of("network ls", ListNetworks.class, ListNetworks::new, "network list"),
                Entry.of("network prune", Prune.class, Prune::new),
                Entry.of("network reload", Reload.class, Reload::new),
                Entry.of("network rm", Rm.class, Rm::new, "network remove"),
                Entry.of("network update", Update.class, Update::new));
    }
}
