package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// An address prefix in CIDR form, RFC 4632; host bits of the base are zero.
public record Subnet(InetAddress base, int prefix) {

    /// Two zero groups or more, with the colons at both ends.
    private static final Pattern ZEROS = Pattern.compile("(?:^|:)0(?::0)+(?::|$)");

    public Subnet {
        if (prefix < 0 || prefix > base.getAddress().length * 8) {
            throw new IllegalArgumentException(
                    "prefix of " + base.getHostAddress() + " out of range: " + prefix);
        }
        base = masked(base, prefix);
    }

    /// Reads `10.89.0.0/24`; throws `IllegalArgumentException` quoting the text when it is not one.
    public static Subnet parse(String text) {
        var slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("\\d{1,3}")) {
            throw new IllegalArgumentException("not a subnet: '" + text + "'");
        }
        var base = address(text.substring(0, slash));
        return new Subnet(
                base.orElseThrow(
                        () -> new IllegalArgumentException("not a subnet: '" + text + "'")),
                Integer.parseInt(text.substring(slash + 1)));
    }

    /// The one that this address is in.
    public static Subnet of(byte[] address, int prefix) {
        return new Subnet(address(address), prefix);
    }

    /// Reads an IPv4 or IPv6 address literal, never a host name, never with a scope.
    public static Optional<InetAddress> address(String text) {
        var v4 = text.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        var v6 = text.length() <= 45 && text.contains(":") && text.matches("[0-9A-Fa-f:.]+");
        if (!v4 && !v6) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.ofLiteral(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    public boolean contains(InetAddress address) {
        return sameFamily(address) && masked(address, prefix).equals(base);
    }

    public boolean overlaps(Subnet other) {
        return prefix <= other.prefix ? contains(other.base) : other.contains(base);
    }

    public boolean isIpv4() {
        return base.getAddress().length == 4;
    }

    @Override
    public String toString() {
        return text(base) + "/" + prefix;
    }

    /// An address as people write it, RFC 5952: `fd00::2`.
    public static String text(InetAddress address) {
        var whole = address.getHostAddress();
        if (address.getAddress().length == 4) {
            return whole;
        }
        var longest = ZEROS.matcher(whole).results().max(Comparator.comparingInt(Subnet::length));
        return longest.map(
                        run -> whole.substring(0, run.start()) + "::" + whole.substring(run.end()))
                .orElse(whole);
    }

    private static int length(MatchResult run) {
        return run.end() - run.start() + (run.start() == 0 ? 1 : 0);
    }

    private boolean sameFamily(InetAddress address) {
        return address.getAddress().length == base.getAddress().length;
    }

    private static InetAddress masked(InetAddress address, int prefix) {
        var bytes = address.getAddress();
        var whole = prefix / 8;
        if (whole < bytes.length) {
            bytes[whole] &= (byte) (0xff00 >> (prefix % 8));
            Arrays.fill(bytes, whole + 1, bytes.length, (byte) 0);
        }
        return address(bytes);
    }

    static InetAddress address(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not an address length: " + bytes.length, e);
        }
    }
}
