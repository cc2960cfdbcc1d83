package dev.kelpie.app.command.system;

import dev.kelpie.app.call.Surroundings.HostCheck;
import dev.kelpie.app.call.Surroundings.HostFact;
import dev.kelpie.runtime.HostFact.Found;
import dev.kelpie.runtime.HostFact.Lacking;
import dev.kelpie.runtime.HostProbe;
import java.nio.file.Path;
import java.util.List;

/// Has the runtime look at this host, for `system check`.
public final class HostDoctor implements HostCheck {
    private final HostProbe probe;

    /// Looks at what the engine of these two directories needs.
    public HostDoctor(Path root, Path runRoot) {
        probe = new HostProbe(root, runRoot);
    }

    @Override
    public List<HostFact> look() throws InterruptedException {
        return probe.look().stream().map(HostDoctor::row).toList();
    }

    static HostFact row(dev.kelpie.runtime.HostFact fact) {
        return switch (fact) {
            case Found(var name, var value) -> new HostFact(name, true, true, value, "");
            case Lacking(var name, var problem, var mend, boolean needed) ->
                    new HostFact(name, false, needed, problem, mend);
        };
    }
}
