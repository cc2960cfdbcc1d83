package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.InvalidRequestException;
import java.util.List;
import java.util.Optional;

/// The word `host-gateway` in the place of an address (`--add-host NAME:host-gateway`): the host,
/// wherever a network sees it.
public final class HostGateway {
    private static final String WORD = "host-gateway";

    private HostGateway() {}

    /// The address that a line of /etc/hosts has.
    ///
    /// @param gateway of the network; empty without one
    /// @throws InvalidRequestException where the host is nowhere to be seen
    public static String address(
            String said, List<String> names, boolean onHost, Optional<String> gateway) {
        if (!said.equals(WORD)) {
            return said;
        }
        if (onHost) {
            return "127.0.0.1";
        }
        return gateway.orElseThrow(() ->
                new InvalidRequestException(
                        "'%s:%s': without a network there is no way to the host"
                                .formatted(String.join(",", names), WORD)));
    }
}
