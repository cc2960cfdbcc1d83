package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.PortInUseException;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.state.AddressRow;
import dev.kelpie.engine.state.NetworkRow;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.network.HostPorts;
import dev.kelpie.runtime.network.Protocol;
import dev.kelpie.runtime.network.PublishedPort;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The ports of the host that pods publish.
public final class PodPorts {
    private PodPorts() {}

    /// Host ports that pods have, and whose they are.
    ///
    /// @param except id of a pod that does not count
    public static Map<PublishedPort, String> publishedBy(State state, String except) {
        var held = new HashMap<PublishedPort, String>();
        for (var row : state.addresses().values()) {
            var holder =
                    state.pod(row.pod())
                            .filter(pod -> !pod.id().equals(except))
                            .filter(pod -> pod.phase() != Phase.RETIRING);
            holder.ifPresent(pod -> row.ports().forEach(p -> held.put(published(p), pod.name())));
        }
        return held;
    }

    /// Host ports with a real number each; throws when another pod of ours has one of them.
    static List<PortMapping> settled(State state, PodRow pod) {
        var taken = new HashMap<>(publishedBy(state, pod.id()));
        for (var service : state.services().values()) {
            ServicePorts.published(service).forEach(p -> taken.put(p, service.spec().name()));
        }
        var asked = pod.spec().network().ports().stream().map(PodPorts::published).toList();
        for (var port : asked) {
            for (var other : taken.entrySet()) {
                if (port.isSettled() && port.overlaps(other.getKey())) {
                    throw new PortInUseException(
                            port.hostIp().map(InetAddress::getHostAddress).orElse("0.0.0.0")
                                    + ":"
                                    + port.hostPort(),
                            port.protocol().word(),
                            other.getValue());
                }
            }
        }
        return HostPorts.settle(asked, taken.keySet()).stream().map(PodPorts::mapping).toList();
    }

    /// The ports of a row as they are to be looked for on the host: where the pod has IPv6, those
    /// at every address also at those of IPv6.
    static Stream<PublishedPort> looked(AddressRow row, @Nullable NetworkRow network) {
        boolean six = network != null && network.made().six().isPresent();
        return row.ports().stream()
                .map(PodPorts::published)
                .flatMap(port ->
                        six && port.hostIp().isEmpty()
                                ? Stream.of(port, port.atEvery6())
                                : Stream.of(port));
    }

    static PublishedPort published(PortMapping port) {
        return new PublishedPort(
                port.hostIp().filter(ip -> !ip.isEmpty()).map(RowAddresses::address),
                port.hostPort(),
                port.containerPort(),
                port.range(),
                Protocol.valueOf(port.protocol().name()));
    }

    private static PortMapping mapping(PublishedPort port) {
        return new PortMapping(
                port.hostIp().map(InetAddress::getHostAddress),
                port.hostPort(),
                port.containerPort(),
                port.range(),
                PortMapping.Protocol.valueOf(port.protocol().name()));
    }
}
