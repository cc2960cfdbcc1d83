package dev.kelpie.engine;

import dev.kelpie.engine.report.ResolvedProcess;
import dev.kelpie.engine.spec.ServiceSpec;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.ServiceRow;
import dev.kelpie.engine.state.State;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// The variables by which a container is told of the Services of its namespace, Docker's links
/// among them (kubelet, `enableServiceLinks`). What the container sets itself stands.
final class ServiceLinks {
    private ServiceLinks() {}

    static ResolvedProcess told(State state, PodRow pod, ResolvedProcess process) {
        if (state.services().isEmpty() || !pod.spec().policy().serviceLinks().orElse(false)) {
            return process;
        }
        var variables = new LinkedHashMap<String, String>();
        for (var service : state.services().values()) {
            var namespace = service.spec().metadata().namespace();
            if (namespace.equals(pod.spec().metadata().namespace())
                    && service.address().isPresent()) {
                variables.putAll(of(service, service.address().get()));
            }
        }
        return process.withMoreEnv(variables);
    }

    private static Map<String, String> of(ServiceRow service, String address) {
        var variables = new TreeMap<String, String>();
        var name = word(service.spec().name());
        variables.put(name + "_SERVICE_HOST", address);
        var first = true;
        for (var port : service.spec().ports()) {
            if (first) {
                variables.put(name + "_SERVICE_PORT", Integer.toString(port.port()));
                variables.put(name + "_PORT", url(port, address));
            }
            if (!port.name().isEmpty()) {
                variables.put(
                        name + "_SERVICE_PORT_" + word(port.name()), Integer.toString(port.port()));
            }
            var protocol = port.protocol().name();
            var link = name + "_PORT_" + port.port() + "_" + protocol;
            variables.put(link, url(port, address));
            variables.put(link + "_PROTO", protocol.toLowerCase(Locale.ROOT));
            variables.put(link + "_PORT", Integer.toString(port.port()));
            variables.put(link + "_ADDR", address);
            first = false;
        }
        return variables;
    }

    private static String url(ServiceSpec.Port port, String address) {
        return port.protocol().name().toLowerCase(Locale.ROOT)
                + "://"
                + address
                + ":"
                + port.port();
    }

    private static String word(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_');
    }
}
