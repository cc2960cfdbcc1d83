package dev.kelpie.engine.report;

import dev.kelpie.engine.spec.PortMapping;
import java.util.List;

/// How a container is reached and what it sees of the host; ports and networks are its pod's.
///
/// @param exposedPorts declared by the image, `80/tcp`
/// @param mounts what the user or the image asked for, not the engine's own
public record ContainerConnections(
        List<PortMapping> ports,
        List<String> exposedPorts,
        List<NetworkAttachment> networks,
        List<MountPoint> mounts) {

    public ContainerConnections {
        ports = List.copyOf(ports);
        exposedPorts = List.copyOf(exposedPorts);
        networks = List.copyOf(networks);
        mounts = List.copyOf(mounts);
    }
}
