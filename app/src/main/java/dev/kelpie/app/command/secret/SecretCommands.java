package dev.kelpie.app.command.secret;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The commands of this group.
public final class SecretCommands {
    private SecretCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of("secret create", Create.class, Create::new),
                Entry.of("secret exists", Exists.class, Exists::new),
                Entry.of("secret inspect", Inspect.class, Inspect::new),
                Entry.of("secret ls", ListSecrets.class, ListSecrets::new, "secret list"),
                Entry.of("secret rm", Rm.class, Rm::new, "secret remove"));
    }
}
