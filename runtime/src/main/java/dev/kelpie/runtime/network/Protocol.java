package dev.kelpie.runtime.network;

import java.util.Locale;
import java.util.Optional;

/// Transport protocols that can be published.
public enum Protocol {
    TCP,
    UDP,
    SCTP;

    /// As `/tcp` at the end of a port is written, in any case; empty when there is no such
    /// protocol.
    public static Optional<Protocol> parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "tcp" -> Optional.of(TCP);
            case "udp" -> Optional.of(UDP);
            case "sctp" -> Optional.of(SCTP);
            default -> Optional.empty();
        };
    }

    /// Lower case, as nft, netavark and users write it.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
