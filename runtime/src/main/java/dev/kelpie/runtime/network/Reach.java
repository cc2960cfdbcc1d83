package dev.kelpie.runtime.network;

import java.math.BigInteger;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;

/// The addresses of a network: IPv4, and IPv6 beside it where it was asked for. An interface has
/// the same number in both subnets, so that one allocation gives both.
///
/// @param gateway the bridge's own address; pods route and resolve through it
public record Reach(Subnet subnet, InetAddress gateway, Optional<Six> six) {

    public Reach {
        if (!subnet.contains(gateway)) {
            throw new IllegalArgumentException(
                    "bad gateway outside " + subnet + ": '" + gateway.getHostAddress() + "'");
        }
        if (six.isPresent() && 128 - six.get().subnet().prefix() < 32 - subnet.prefix()) {
            throw new IllegalArgumentException(
                    "subnet %s has fewer addresses than %s".formatted(six.get().subnet(), subnet));
        }
        if (six.isPresent()) {
            requireFree(subnet, six.get());
        }
    }

    private static void requireFree(Subnet subnet, Six six) {
        var last = BigInteger.ONE.shiftLeft(32 - subnet.prefix()).subtract(BigInteger.ONE);
        if (number(six.subnet(), six.gateway()).equals(last)) {
            throw new IllegalArgumentException(
                    "bad gateway '%s': its number is that of %s's broadcast address"
                            .formatted(Subnet.text(six.gateway()), subnet));
        }
    }

    /// Its IPv6 side.
    public record Six(Subnet subnet, InetAddress gateway) {
        public Six {
            if (subnet.isIpv4() || !subnet.contains(gateway)) {
                throw new IllegalArgumentException(
                        "bad gateway outside " + subnet + ": '" + Subnet.text(gateway) + "'");
            }
        }
    }

    public Reach withSix(Optional<Six> six) {
        return new Reach(subnet, gateway, six);
    }

    /// The IPv6 address of who has this IPv4 one. Two change places when the gateways have
    /// different numbers.
    public Optional<InetAddress> six(InetAddress four) {
        return six.map(side -> swapped(side, number(subnet, four)));
    }

    /// The IPv4 address of who has this IPv6 one; empty when there is none.
    public Optional<InetAddress> four(InetAddress address) {
        return six.filter(side -> side.subnet().contains(address))
                .map(side -> numberOf(side, address))
                .filter(number -> number.bitLength() <= 32 - subnet.prefix())
                .map(number -> at(subnet, number));
    }

    /// An address of its IPv6 side that is nobody's: the number of the broadcast address.
    Optional<InetAddress> loopbackStandIn() {
        var last = BigInteger.ONE.shiftLeft(32 - subnet.prefix()).subtract(BigInteger.ONE);
        return six.map(side -> at(side.subnet(), last));
    }

    private InetAddress swapped(Six side, BigInteger number) {
        var gateways = number(side.subnet(), side.gateway());
        return number.equals(number(subnet, gateway))
                ? side.gateway()
                : at(side.subnet(), number.equals(gateways) ? number(subnet, gateway) : number);
    }

    private BigInteger numberOf(Six side, InetAddress address) {
        var number = number(side.subnet(), address);
        var own = number(subnet, gateway);
        if (address.equals(side.gateway())) {
            return own;
        }
        return number.equals(own) ? number(side.subnet(), side.gateway()) : number;
    }

    private static BigInteger number(Subnet subnet, InetAddress address) {
        return new BigInteger(1, address.getAddress())
                .subtract(new BigInteger(1, subnet.base().getAddress()));
    }

    private static InetAddress at(Subnet subnet, BigInteger number) {
        var base = subnet.base().getAddress();
        var sum = new BigInteger(1, base).add(number).toByteArray();
        var bytes = new byte[base.length];
        var kept = Arrays.copyOfRange(sum, Math.max(0, sum.length - base.length), sum.length);
        System.arraycopy(kept, 0, bytes, base.length - kept.length, kept.length);
        return Subnet.address(bytes);
    }
}
