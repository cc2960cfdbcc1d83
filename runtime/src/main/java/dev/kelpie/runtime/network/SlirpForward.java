package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;

/// One port of the host that slirp4netns leads in.
record SlirpForward(String protocol, String address, int port) {

    private static final String ANYWHERE = "0.0.0.0";

    /// Every port for itself, each once.
    static List<SlirpForward> all(Collection<PublishedPort> ports) {
        var all = new LinkedHashSet<SlirpForward>();
        for (var port : ports) {
            var address = port.hostIp().map(InetAddress::getHostAddress).orElse(ANYWHERE);
            for (int i = 0; i < port.range(); i++) {
                all.add(new SlirpForward(port.protocol().word(), address, port.hostPort() + i));
            }
        }
        return List.copyOf(all);
    }

    /// The form kept in files: `tcp 0.0.0.0 8080`.
    static Optional<SlirpForward> parse(String line) {
        var words = line.split(" ", -1);
        return words.length == 3 && words[2].matches("[0-9]{1,5}")
                ? Optional.of(new SlirpForward(words[0], words[1], Integer.parseInt(words[2])))
                : Optional.empty();
    }

    /// Whether both listen for the same packets.
    boolean meets(SlirpForward other) {
        return protocol.equals(other.protocol)
                && port == other.port
                && (address.equals(other.address)
                        || address.equals(ANYWHERE)
                        || other.address.equals(ANYWHERE));
    }

    @Override
    public String toString() {
        return protocol + " " + address + " " + port;
    }
}
