package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Ports other engine roots publish on this host. No socket is bound for them, so binding finds
/// nothing: they are read from the roots' tables. Without this the kernel would lead the port to
/// whichever table it asks first.
final class ForeignPorts {

    private static final Pattern TABLE = Pattern.compile("table inet (kelpie-[0-9a-f]{8}) \\{");
    private static final Pattern ELEMENT =
            Pattern.compile(
                    "(?:([0-9a-f.:]+) \\. )?(tcp|udp|sctp) \\. (\\d+) : [0-9a-f.:]+ \\. \\d+");

    private record Held(String table, PublishedPort port) {}

    private final List<Held> held = new ArrayList<>();

    /// @param maps what `nft list maps` says
    /// @param own the table that does not count
    ForeignPorts(String maps, String own) {
        var table = "";
        for (var line : maps.lines().toList()) {
            var header = TABLE.matcher(line);
            if (line.startsWith("table ")) {
                table = header.find() ? header.group(1) : "";
            }
            if (!table.isEmpty() && !table.equals(own)) {
                var element = ELEMENT.matcher(line);
                while (element.find()) {
                    held.add(new Held(table, port(element.group(1), element)));
                }
            }
        }
    }

    /// Throws `PortInUseException` for the first that another root has.
    void requireFree(Collection<PublishedPort> ports) {
        for (var port : ports) {
            for (var other : held) {
                if (port.overlaps(other.port())) {
                    throw new PortInUseException(
                            port.hostIp().map(InetAddress::getHostAddress).orElse("0.0.0.0"),
                            other.port().hostPort(),
                            port.protocol(),
                            "another engine root (nftables table '" + other.table() + "')");
                }
            }
        }
    }

    private static PublishedPort port(@Nullable String ip, Matcher element) {
        return new PublishedPort(
                Optional.ofNullable(ip).flatMap(Subnet::address),
                Integer.parseInt(element.group(3)),
                1,
                1,
                Protocol.parse(element.group(2)).orElseThrow());
    }
}
