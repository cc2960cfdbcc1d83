package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.util.Optional;

/// Host ports led into an owner's namespace: `range` of them, counting up from both numbers.
///
/// @param hostIp absent: every address of the host
/// @param hostPort 0 asks `HostPorts` for a free one; rules are only made for settled ports
public record PublishedPort(
        Optional<InetAddress> hostIp,
        int hostPort,
        int containerPort,
        int range,
        Protocol protocol) {

    public PublishedPort {
        if (range < 1 || range > 65535) {
            throw new IllegalArgumentException("port range: must be 1-65535, was " + range);
        }
        requirePorts("host port", hostPort, 0, range);
        requirePorts("container port", containerPort, 1, range);
    }

    /// One port on every address of the host.
    public static PublishedPort of(int hostPort, int containerPort, Protocol protocol) {
        return new PublishedPort(Optional.empty(), hostPort, containerPort, 1, protocol);
    }

    /// Whether the host port is a real one, not "any free".
    public boolean isSettled() {
        return hostPort != 0;
    }

    PublishedPort withHostIp(Optional<InetAddress> other) {
        return new PublishedPort(other, hostPort, containerPort, range, protocol);
    }

    /// The same at every IPv6 address of the host.
    public PublishedPort atEvery6() {
        return withHostIp(Optional.of(Subnet.address(new byte[16])));
    }

    public PublishedPort withHostPort(int port) {
        return new PublishedPort(hostIp, port, containerPort, range, protocol);
    }

    /// Whether both want one host port of one protocol on one address.
    public boolean overlaps(PublishedPort other) {
        return protocol == other.protocol
                && hostPort < other.hostPort + other.range
                && other.hostPort < hostPort + range
                && (isAny(hostIp) || isAny(other.hostIp) || hostIp.equals(other.hostIp));
    }

    /// As Podman shows it: `0.0.0.0:8080-8081->80-81/tcp`.
    @Override
    public String toString() {
        var ip = hostIp.map(PublishedPort::bracketed).orElse("0.0.0.0");
        return "%s:%s->%s/%s".formatted(ip, span(hostPort), span(containerPort), protocol.word());
    }

    private String span(int first) {
        return range == 1 ? Integer.toString(first) : first + "-" + (first + range - 1);
    }

    private static boolean isAny(Optional<InetAddress> ip) {
        return ip.map(InetAddress::isAnyLocalAddress).orElse(true);
    }

    static String bracketed(InetAddress ip) {
        var text = Subnet.text(ip);
        return text.contains(":") ? "[" + text + "]" : text;
    }

    private static void requirePorts(String what, int first, int lowest, int range) {
        if (first < lowest || first + range - 1 > 65535) {
            throw new IllegalArgumentException(
                    what + ": must be " + lowest + "-65535, was " + (first + range - 1));
        }
    }
}
