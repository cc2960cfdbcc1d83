package dev.kelpie.quadlet.check;

import dev.kelpie.quadlet.translate.ImageNames;
import dev.kelpie.quadlet.translate.Ports;
import dev.kelpie.quadlet.translate.UnitType;
import java.net.InetAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/// Values with a form of their own: ports, addresses, names, mounts.
final class Formats {
    private Formats() {}

    /// What is wrong with a value.
    record Complaint(String meaning, String mend) {}

    /// What the values of a key look like.
    private record Format(Predicate<String> right, String meaning, String mend) {}

    private static final Format NAME =
            new Format(
                    value -> value.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*"),
                    "this cannot be a name",
                    "use letters, digits, '_', '.' and '-' only");

    private static final Map<String, Format> FORMATS =
            Map.ofEntries(
                    entry(
                            "PublishPort",
                            Formats::isPublished,
                            "this publishes no port",
                            "write [[IP:]HOST-PORT:]CONTAINER-PORT[/udp], as in 8080:80"),
                    entry(
                            "IP",
                            value -> isAddress(value, '.'),
                            "this is no IPv4 address",
                            "write one as 10.89.0.5"),
                    entry(
                            "IP6",
                            value -> isAddress(value, ':'),
                            "this is no IPv6 address",
                            "write one as fd00::5"),
                    entry(
                            "Gateway",
                            Formats::isAddress,
                            "this is no address",
                            "write one as 10.89.0.1"),
                    entry(
                            "DNS",
                            value -> isAddress(value) || value.equals("none"),
                            "this is no address",
                            "write that of a name server"),
                    entry(
                            "Subnet",
                            Formats::isSubnet,
                            "this is no subnet",
                            "write one as 10.89.0.0/24"),
                    entry(
                            "IPRange",
                            value -> isSubnet(value) || isRange(value),
                            "this is no range of addresses",
                            "write one as 10.89.0.128/25 or 10.89.0.10-10.89.0.20"),
                    Map.entry("ContainerName", NAME),
                    Map.entry("PodName", NAME),
                    Map.entry("VolumeName", NAME),
                    Map.entry("NetworkName", NAME),
                    entry(
                            "ServiceName",
                            value -> !value.endsWith(".service"),
                            "the service would be called NAME.service.service",
                            "leave '.service' out"),
                    entry(
                            "AddHost",
                            value -> value.indexOf(':') > 0,
                            "this names no address",
                            "write NAME:ADDRESS"),
                    entry(
                            "Tmpfs",
                            value -> value.startsWith("/"),
                            "the mount point is not absolute",
                            "write /PATH[:OPTIONS]"),
                    entry(
                            "WorkingDir",
                            value -> value.startsWith("/"),
                            "the path in the container is not absolute",
                            "begin it with /"));

    private static Map.Entry<String, Format> entry(
            String key, Predicate<String> right, String meaning, String mend) {
        return Map.entry(key, new Format(right, meaning, mend));
    }

    static Optional<Complaint> complaint(UnitType type, String key, String value) {
        if (key.equals("Volume") && type != UnitType.VOLUME) {
            return volume(value);
        }
        var format = FORMATS.get(key);
        return format == null
                ? Optional.empty()
                : unless(format.right().test(value), format.meaning(), format.mend());
    }

    private static Optional<Complaint> unless(boolean right, String meaning, String mend) {
        return right ? Optional.empty() : Optional.of(new Complaint(meaning, mend));
    }

    private static Optional<Complaint> volume(String value) {
        var parts = value.split(":", 3);
        var target =
                parts.length == 1 || parts[0].isEmpty()
                        ? parts[parts.length == 1 ? 0 : 1]
                        : parts[1];
        return unless(
                target.startsWith("/"),
                "the path in the container, '" + target + "', is not absolute",
                "write SOURCE:/PATH[:OPTIONS]");
    }

    /// `[[ip:]hostPort:]containerPort[/protocol]`, ports also as ranges.
    static boolean isPublished(String value) {
        int slash = value.lastIndexOf('/');
        var ports = slash < 0 ? value : value.substring(0, slash);
        if (slash >= 0 && !value.substring(slash + 1).matches("tcp|udp|sctp")) {
            return false;
        }
        int close = ports.indexOf(']');
        if (ports.startsWith("[") && close > 0) {
            if (!isAddress(ports.substring(1, close), ':') || !ports.startsWith(":", close + 1)) {
                return false;
            }
            ports = "0.0.0.0" + ports.substring(close + 1);
        }
        var parts = ports.split(":", -1);
        return switch (parts.length) {
            case 1 -> isPorts(parts[0]);
            case 2 -> (parts[0].isEmpty() || isPorts(parts[0])) && isPorts(parts[1]);
            case 3 ->
                    (parts[0].isEmpty() || isAddress(parts[0]))
                            && (parts[1].isEmpty() || isPorts(parts[1]))
                            && isPorts(parts[2]);
            default -> false;
        };
    }

    private static boolean isPorts(String text) {
        return text.indexOf('/') < 0 && (Ports.isExposable(text) || text.equals("0"));
    }

    private static boolean isAddress(String text, char family) {
        return text.indexOf(family) >= 0 && isAddress(text);
    }

    static boolean isAddress(String text) {
        if (text.indexOf(':') < 0 && !text.matches("[0-9]+(\\.[0-9]+){3}")) {
            return false; // what else Java takes for an address
        }
        try {
            InetAddress.ofLiteral(text);
            return true;
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isSubnet(String text) {
        int slash = text.indexOf('/');
        return slash > 0
                && isAddress(text.substring(0, slash))
                && text.substring(slash + 1).matches("[0-9]{1,3}")
                && Integer.parseInt(text.substring(slash + 1))
                        <= (text.indexOf(':') >= 0 ? 128 : 32);
    }

    private static boolean isRange(String text) {
        int dash = text.indexOf('-');
        return dash > 0
                && isAddress(text.substring(0, dash))
                && isAddress(text.substring(dash + 1));
    }

    /// Whether a name means one image only; units and names with specifiers are others' business.
    static boolean isShortName(String image) {
        return !image.endsWith(".image")
                && !image.endsWith(".build")
                && image.indexOf('%') < 0
                && !ImageNames.isQualified(image);
    }
}
