package dev.kelpie.runtime.network;

import java.util.Collection;
import java.util.List;

/// Ports of the host: which are free, who holds the others. Looks at the namespace we are in.
public final class HostPorts {

    private HostPorts() {}

    /// Binds every port for a moment, as the last look before publishing; throws
    /// `PortInUseException` for the first that another process holds.
    public static void requireFree(Collection<PublishedPort> ports) {
        for (var port : ports) {
            PortProbe.requireFree(port);
        }
    }

    /// The same ports with a free host port for each that asks for any (host port 0); `taken` are
    /// those promised to others already, whether or not they run.
    public static List<PublishedPort> settle(
            Collection<PublishedPort> ports, Collection<PublishedPort> taken) {
        return PortProbe.settle(ports, taken);
    }
}
