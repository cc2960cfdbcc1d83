package dev.kelpie.app.call;

import dev.kelpie.app.service.ServiceControl;
import dev.kelpie.app.service.Version;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/// What every call in this service shares.
///
/// @param socket where the service listens
/// @param log where the service writes what users should not have to read
/// @param doctor what `system check` looks at
public record Surroundings(
        EngineSource engine,
        ServiceControl service,
        Version version,
        InstantSource clock,
        Path socket,
        Path log,
        HostCheck doctor) {

    /// Looks at the host: what is there, what is missing, what mends it.
    public interface HostCheck {
        List<HostFact> look() throws InterruptedException;
    }

    /// One thing that the host has or lacks.
    ///
    /// @param needed whether nothing works without it
    /// @param mend the command or the words that mend it; empty when all is well
    public record HostFact(String name, boolean there, boolean needed, String found, String mend) {}
}
