package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The words of `--publish`, see podman-run(1): `[[ip:][hostPort]:]containerPort[/protocol]`, with
/// ranges `8000-8010`, IPv6 addresses in brackets, and `tcp,udp` for both protocols.
public final class PublishSyntax {

    private static final int LONGEST = 200;

    private PublishSyntax() {}

    /// One mapping for each protocol; a host port left out or 0 stays 0, for any free one. Throws
    /// `IllegalArgumentException` quoting the text.
    public static List<PublishedPort> parse(String text) {
        try {
            if (text.length() > LONGEST) {
                throw new IllegalArgumentException("too long");
            }
            return parseParts(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "bad port '" + abbreviated(text) + "': " + e.getMessage(), e);
        }
    }

    private static List<PublishedPort> parseParts(String text) {
        var slash = text.indexOf('/');
        var protocols = slash < 0 ? "tcp" : text.substring(slash + 1);
        var rest = slash < 0 ? text : text.substring(0, slash);
        var hostIp = Optional.<InetAddress>empty();
        var bracket = rest.startsWith("[") ? rest.indexOf("]:") : -1;
        if (rest.startsWith("[")) {
            if (bracket < 0) {
                throw new IllegalArgumentException("no ']:' after the IPv6 address");
            }
            hostIp = Optional.of(address(rest.substring(1, bracket), true));
            rest = rest.substring(bracket + 2);
        }
        var parts = rest.split(":", -1);
        if (hostIp.isPresent() && parts.length == 2) {
            return mappings(hostIp, parts[0], parts[1], protocols);
        }
        if (hostIp.isPresent() || parts.length > 3) {
            throw new IllegalArgumentException("expected [[ip:][hostPort]:]containerPort");
        }
        return switch (parts.length) {
            case 1 -> mappings(hostIp, "", parts[0], protocols);
            case 2 -> mappings(hostIp, parts[0], parts[1], protocols);
            default -> mappings(any(parts[0]), parts[1], parts[2], protocols);
        };
    }

    /// `0.0.0.0` is how people write "every address".
    private static Optional<InetAddress> any(String text) {
        return text.equals("0.0.0.0") ? Optional.empty() : Optional.of(address(text, false));
    }

    private static InetAddress address(String text, boolean brackets) {
        return Subnet.address(text)
                .filter(address -> (address.getAddress().length == 16) == brackets)
                .orElseThrow(() -> new IllegalArgumentException("no IP address: '" + text + "'"));
    }

    private static List<PublishedPort> mappings(
            Optional<InetAddress> ip, String host, String container, String protocols) {
        var inside = Span.parse(container, "container port");
        var outside = host.isEmpty() ? new Span(0, inside.length()) : Span.parse(host, "host port");
        if (outside.length() != inside.length()) {
            throw new IllegalArgumentException(
                    "%d host ports for %d container ports"
                            .formatted(outside.length(), inside.length()));
        }
        var mappings = new ArrayList<PublishedPort>();
        for (var word : protocols.split(",", -1)) {
            var protocol =
                    Protocol.parse(word)
                            .orElseThrow(() ->
                                    new IllegalArgumentException(
                                            "unknown protocol '" + word + "'"));
            mappings.add(
                    new PublishedPort(
                            ip, outside.first(), inside.first(), inside.length(), protocol));
        }
        return List.copyOf(mappings);
    }

    private static String abbreviated(String text) {
        return text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
    }

    private record Span(int first, int length) {

        static Span parse(String text, String what) {
            if (!text.matches("\\d{1,5}(-\\d{1,5})?")) {
                throw new IllegalArgumentException("no " + what + ": '" + text + "'");
            }
            var dash = text.indexOf('-');
            var first = Integer.parseInt(dash < 0 ? text : text.substring(0, dash));
            var last = dash < 0 ? first : Integer.parseInt(text.substring(dash + 1));
            if (last < first || last > 65535) {
                throw new IllegalArgumentException(what + " out of range: '" + text + "'");
            }
            if (first == 0 && last > 0) {
                throw new IllegalArgumentException(what + " 0 cannot begin a range");
            }
            return new Span(first, last - first + 1);
        }
    }
}
