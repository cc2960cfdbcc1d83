package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.PortMapping.Protocol;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.ArrayList;
import java.util.List;

/// Which ports of a pod are published: those of `--publish`, and those entries of regular
/// containers with a `hostPort` that `--publish` does not cover.
final class PortMapper {

    private final PlayOptions options;

    PortMapper(PlayOptions options) {
        this.options = options;
    }

    List<PortMapping> ports(Mapping podSpec) {
        if (onHostNetwork(podSpec, options)) {
            return List.of();
        }
        var ports = new ArrayList<>(options.publish());
        for (var container : podSpec.mappings("containers")) {
            for (var port : container.mappings("ports")) {
                if (hostPort(port, options, false) != 0 && !published(port, options)) {
                    ports.add(port(port));
                }
            }
        }
        return List.copyOf(ports);
    }

    private PortMapping port(Mapping port) {
        return new PortMapping(
                port.word("hostIP"),
                (int) hostPort(port, options, false),
                (int) containerPort(port),
                1,
                protocol(port));
    }

    /// Whether `--publish` publishes this entry already.
    static boolean published(Mapping port, PlayOptions options) {
        var number = containerPort(port);
        return options.publish().stream()
                .filter(other -> other.protocol() == protocol(port))
                .anyMatch(other ->
                        number >= other.containerPort()
                                && number < other.containerPort() + other.range());
    }

    /// The port of the host that an entry takes, 0 for none.
    static long hostPort(Mapping port, PlayOptions options, boolean onHostNetwork) {
        var written = port.number("hostPort").orElse(0);
        var own = onHostNetwork || options.publishAll();
        return written == 0 && own ? containerPort(port) : written;
    }

    static long containerPort(Mapping port) {
        return port.number("containerPort").orElse(port.number("hostPort").orElse(0));
    }

    static boolean onHostNetwork(Mapping podSpec, PlayOptions options) {
        return options.network().isPresent()
                ? options.network().get() instanceof PodNetwork.Host
                : podSpec.flag("hostNetwork");
    }

    static Protocol protocol(Mapping port) {
        return switch (port.word("protocol").orElse("TCP")) {
            case "UDP" -> Protocol.UDP;
            case "SCTP" -> Protocol.SCTP;
            default -> Protocol.TCP;
        };
    }
}
