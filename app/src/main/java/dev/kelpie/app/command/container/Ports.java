package dev.kelpie.app.command.container;

import dev.kelpie.engine.report.ContainerConnections;
import dev.kelpie.engine.spec.PortMapping;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The published and exposed ports of a container in words.
final class Ports {
    private Ports() {}

    /// `0.0.0.0:8080->80/tcp, 0.0.0.0:9000-9002->9000-9002/tcp, 5432/tcp`: ports that follow one
    /// another make a range, exposed ones come last.
    static String column(ContainerConnections connections) {
        var merged = merged(connections.ports());
        var words = new ArrayList<String>();
        merged.forEach(port -> words.add(arrow(port)));
        connections.exposedPorts().stream()
                .filter(exposed -> !isPublished(exposed, merged))
                .sorted()
                .forEach(words::add);
        return String.join(", ", words);
    }

    /// One line for each published port of `port`: `80/tcp -> 0.0.0.0:8080`.
    static List<String> lines(List<PortMapping> ports) {
        var lines = new ArrayList<String>();
        for (var port : sorted(ports)) {
            for (int i = 0; i < port.range(); i++) {
                lines.add(inside(port, i) + " -> " + ip(port) + ":" + (port.hostPort() + i));
            }
        }
        return lines;
    }

    /// `80/tcp`, the `index`th of a range.
    static String inside(PortMapping port, int index) {
        return (port.containerPort() + index) + "/" + protocol(port);
    }

    static String protocol(PortMapping port) {
        return port.protocol().name().toLowerCase(Locale.ROOT);
    }

    static String ip(PortMapping port) {
        var ip = port.hostIp().orElse("0.0.0.0");
        return ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip;
    }

    private static String arrow(PortMapping port) {
        return ip(port)
                + ":"
                + span(port.hostPort(), port.range())
                + "->"
                + span(port.containerPort(), port.range())
                + "/"
                + protocol(port);
    }

    private static String span(int first, int range) {
        return range == 1 ? Integer.toString(first) : first + "-" + (first + range - 1);
    }

    private static List<PortMapping> sorted(List<PortMapping> ports) {
        return ports.stream()
                .sorted(
                        Comparator.comparing((PortMapping port) -> port.hostIp().orElse(""))
                                .thenComparing(PortMapping::protocol)
                                .thenComparingInt(PortMapping::containerPort)
                                .thenComparingInt(PortMapping::hostPort))
                .toList();
    }

    private static List<PortMapping> merged(List<PortMapping> ports) {
        var merged = new ArrayList<PortMapping>();
        for (var port : sorted(ports)) {
            var last = merged.isEmpty() ? port : merged.getLast();
            if (!merged.isEmpty() && follows(last, port)) {
                merged.removeLast();
                merged.add(
                        new PortMapping(
                                last.hostIp(),
                                last.hostPort(),
                                last.containerPort(),
                                last.range() + port.range(),
                                last.protocol()));
            } else {
                merged.add(port);
            }
        }
        return merged;
    }

    private static boolean follows(PortMapping last, PortMapping port) {
        return last.hostIp().equals(port.hostIp())
                && last.protocol() == port.protocol()
                && last.containerPort() + last.range() == port.containerPort()
                && last.hostPort() + last.range() == port.hostPort();
    }

    private static boolean isPublished(String exposed, List<PortMapping> ports) {
        return ports.stream()
                .anyMatch(port -> {
                    for (int i = 0; i < port.range(); i++) {
                        if (inside(port, i).equals(exposed)) {
                            return true;
                        }
                    }
                    return false;
                });
    }
}
