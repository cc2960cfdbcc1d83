package dev.kelpie.runtime.network;

import dev.kelpie.runtime.FileAccessException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/// Interfaces and IPv4 routes the host has, as `/proc/net/dev` and `/proc/net/route` tell.
public record HostLinks(Set<String> interfaces, List<Subnet> routes) {

    public static final HostLinks NONE = new HostLinks(Set.of(), List.of());

    public HostLinks {
        interfaces = Set.copyOf(interfaces);
        routes = List.copyOf(routes);
    }

    /// Those of the network namespace we are in.
    public static HostLinks read() {
        return read(Path.of("/proc/self/net"));
    }

    /// Those of the namespace whose `/proc/PID/net` is given.
    static HostLinks read(Path procNet) {
        try {
            return parse(
                    Files.readString(procNet.resolve("dev")),
                    Files.readString(procNet.resolve("route")));
        } catch (IOException e) {
            throw new FileAccessException("cannot read links of '" + procNet + "'", e);
        }
    }

    /// Both files, see proc(5); the default route is left out: it overlaps everything.
    static HostLinks parse(String dev, String route) {
        var interfaces =
                dev.lines()
                        .filter(line -> line.contains(":"))
                        .map(line -> line.substring(0, line.indexOf(':')).strip())
                        .collect(Collectors.toSet());
        var routes = new ArrayList<Subnet>();
        for (var line : route.lines().skip(1).toList()) {
            var fields = line.strip().split("\\s+", -1);
            if (fields.length > 7 && !fields[7].equals("00000000")) {
                routes.add(subnet(fields[1], fields[7]));
            }
        }
        return new HostLinks(interfaces, routes);
    }

    private static Subnet subnet(String destination, String mask) {
        return new Subnet(
                Subnet.address(bytes(destination)),
                Integer.bitCount(Integer.parseUnsignedInt(mask, 16)));
    }

    /// The kernel prints the four bytes as one number of the host's byte order.
    private static byte[] bytes(String hex) {
        var number = Integer.parseUnsignedInt(hex, 16);
        return java.nio.ByteBuffer.allocate(4)
                .order(java.nio.ByteOrder.nativeOrder())
                .putInt(number)
                .array();
    }
}
