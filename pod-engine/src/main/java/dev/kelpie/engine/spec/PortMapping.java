package dev.kelpie.engine.spec;

import java.util.Optional;

/// Host ports led into a pod: `range` of them, counting up from both numbers.
///
/// @param hostIp absent: every address of the host
/// @param hostPort 0 for any free one
public record PortMapping(
        Optional<String> hostIp, int hostPort, int containerPort, int range, Protocol protocol) {

    public PortMapping {
        requirePort("hostPort", hostPort, 0, range);
        requirePort("containerPort", containerPort, 1, range);
    }

    /// Transport protocols that can be published.
    public enum Protocol {
        TCP,
        UDP,
        SCTP
    }

    private static void requirePort(String what, int port, int lowest, int range) {
        if (range < 1 || port < lowest || port + range - 1 > 65535) {
            throw new IllegalArgumentException(
                    what
                            + ": must be "
                            + lowest
                            + "-65535, was "
                            + port
                            + (range > 1 ? "+" + (range - 1) : ""));
        }
    }
}
