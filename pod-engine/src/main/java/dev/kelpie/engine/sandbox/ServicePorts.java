package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.ServiceSpec;
import dev.kelpie.engine.state.ServiceRow;
import dev.kelpie.runtime.network.Protocol;
import dev.kelpie.runtime.network.PublishedPort;
import java.util.ArrayList;
import java.util.List;

/// At which ports of the host a Service is to be had.
public final class ServicePorts {
    private ServicePorts() {}

    /// Of its port number `index`: where a balancer would be asked, and the node's.
    public static List<Integer> onHost(ServiceRow service, int index) {
        var found = new ArrayList<Integer>();
        var port = service.spec().ports().get(index);
        if (service.spec().kind() == ServiceSpec.Kind.LOAD_BALANCER) {
            found.add(port.port());
        }
        int node = index < service.nodePorts().size() ? service.nodePorts().get(index) : 0;
        if (node != 0 && !found.contains(node)) {
            found.add(node);
        }
        return found;
    }

    /// All of them.
    public static List<PublishedPort> published(ServiceRow service) {
        var found = new ArrayList<PublishedPort>();
        var ports = service.spec().ports();
        for (int i = 0; i < ports.size(); i++) {
            for (int host : onHost(service, i)) {
                found.add(PublishedPort.of(host, ports.get(i).port(), protocol(ports.get(i))));
            }
        }
        return found;
    }

    public static Protocol protocol(ServiceSpec.Port port) {
        return Protocol.valueOf(port.protocol().name());
    }
}
