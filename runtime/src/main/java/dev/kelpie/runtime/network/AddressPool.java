package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.HashSet;
import java.util.Optional;

/// Which IPv4 address of a subnet comes next: round-robin after the last one given, so that an
/// address rests as long as possible before somebody else gets it (stale ARP and UDP connection
/// tracking entries die meanwhile).
public final class AddressPool {

    private AddressPool() {}

    /// The next free address after `last` (at first: after the gateway), skipping the network, the
    /// broadcast and the gateway address and `taken`; empty when the subnet is full.
    public static Optional<InetAddress> next(
            Subnet subnet,
            InetAddress gateway,
            Optional<InetAddress> last,
            Collection<InetAddress> taken) {
        var used = new HashSet<>(taken);
        used.add(gateway);
        var network = Integer.toUnsignedLong(number(subnet.base()));
        var size = 1L << (32 - subnet.prefix());
        var usable = size - 2;
        var from = last.filter(subnet::contains).orElse(gateway);
        var offset = Integer.toUnsignedLong(number(from)) - network;
        // More tries than used addresses cannot be needed.
        for (var i = 0L; i < Math.min(usable, used.size() + 2L); i++) {
            offset = offset >= size - 2 ? 1 : offset + 1;
            var candidate = address((int) (network + offset));
            if (!used.contains(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /// The lowest address from `first` to `last` that is neither the gateway nor in `taken`; empty
    /// when there is none.
    public static Optional<InetAddress> within(
            InetAddress first,
            InetAddress last,
            InetAddress gateway,
            Collection<InetAddress> taken) {
        var used = new HashSet<>(taken);
        used.add(gateway);
        var end = Integer.toUnsignedLong(number(last));
        for (var next = Integer.toUnsignedLong(number(first)); next <= end; next++) {
            var candidate = address((int) next);
            if (!used.contains(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    /// The last host address of a subnet, before the broadcast address.
    public static InetAddress last(Subnet subnet) {
        return address(number(subnet.base()) + (int) ((1L << (32 - subnet.prefix())) - 2));
    }

    /// The first host address of a subnet: the usual gateway.
    public static InetAddress first(Subnet subnet) {
        var bytes = subnet.base().getAddress();
        bytes[bytes.length - 1]++;
        return Subnet.address(bytes);
    }

    static InetAddress address(int number) {
        return Subnet.address(ByteBuffer.allocate(4).putInt(number).array());
    }

    private static int number(InetAddress address) {
        var bytes = address.getAddress();
        if (bytes.length != 4) {
            throw new IllegalArgumentException("not IPv4: " + address.getHostAddress());
        }
        return ByteBuffer.wrap(bytes).getInt();
    }
}
