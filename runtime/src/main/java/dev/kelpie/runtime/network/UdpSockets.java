package dev.kelpie.runtime.network;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Bound IPv4 UDP sockets of a network namespace, from `/proc/PID/net/udp`, see proc(5).
final class UdpSockets {

    private UdpSockets() {}

    /// The addresses on which somebody in the namespace of this process holds the port.
    static Set<InetAddress> boundTo(int port, int pid) {
        try {
            return parse(Files.readString(Path.of("/proc/" + pid + "/net/udp")), port);
        } catch (IOException e) {
            return Set.of();
        }
    }

    static Set<InetAddress> parse(String table, int port) {
        var addresses = new HashSet<InetAddress>();
        for (var line : table.lines().skip(1).toList()) {
            var fields = line.strip().split("\\s+", -1);
            var local = fields.length > 1 ? fields[1] : "";
            if (local.length() == 13 && Integer.parseInt(local.substring(9), 16) == port) {
                var number = Integer.parseUnsignedInt(local.substring(0, 8), 16);
                var bytes = ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(number);
                addresses.add(Subnet.address(bytes.array()));
            }
        }
        return addresses;
    }
}
