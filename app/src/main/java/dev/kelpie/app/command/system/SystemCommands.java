package dev.kelpie.app.command.system;

import dev.kelpie.app.call.Entry;
import java.util.List;

/// The commands of this group.
public final class SystemCommands {
    private SystemCommands() {}

    public static List<Entry> entries() {
        return List.of(
                Entry.of("completion", Completion.class, Completion::new),
                Entry.of("info", ShowFacts.class, ShowFacts::new, "system info"),
                Entry.of("inspect", Inspect.class, Inspect::new),
                Entry.of("system check", Check.class, Check::new, "doctor"),
                Entry.of("system df", Df.class, Df::new),
                Entry.of("system prune", Prune.class, Prune::new),
                Entry.of("system service", Service.class, Service::new),
                Entry.of("version", ShowVersion.class, ShowVersion::new));
    }
}
