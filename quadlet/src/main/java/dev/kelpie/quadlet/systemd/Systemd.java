package dev.kelpie.quadlet.systemd;

import java.util.List;
import java.util.Map;

/// What the commands on installed unit files ask of systemd.
public interface Systemd {
    /// Whether it runs here at all.
    boolean isThere();

    /// Lets it call its generators again.
    ///
    /// @throws SystemdException when it would not
    void reload();

    /// Stops a unit.
    ///
    /// @throws SystemdException when it would not
    void stop(String service);

    /// `ActiveState/SubState` by unit, of those that it has loaded.
    Map<String, String> states(List<String> services);
}
