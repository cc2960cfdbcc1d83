package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Rules for Services.
final class ServiceRules {

    private static final Pattern OWN =
            Pattern.compile("(10|172\\.(1[6-9]|2\\d|3[01])|192\\.168|198\\.1[89])\\..*");

    private static final List<String> TYPES =
            List.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName");
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

    private final Complaints complaints;
    private final NameRules names;

    ServiceRules(Complaints complaints, NameRules names) {
        this.complaints = complaints;
        this.names = names;
    }

    void check(Mapping service) {
        if (!complaints.required(service, "spec")) {
            return;
        }
        names.serviceName(service.mapping("metadata"), "name");
        var spec = service.mapping("spec");
        complaints.oneOf(spec, "type", TYPES);
        complaints.oneOf(spec, "sessionAffinity", List.of("None", "ClientIP"));
        names.labels(spec, "selector");
        address(spec);
        ports(spec);
    }

    private void address(Mapping spec) {
        var address = spec.word("clusterIP").orElse("");
        if (address.equals("None")) {
            var type = spec.text("type").orElse("");
            if (Set.of("NodePort", "LoadBalancer").contains(type)) {
                complaints.at(
                        spec, "clusterIP", "may not be set to 'None' for " + type + " services");
            }
        } else if (!address.isEmpty()) {
            own(spec, "clusterIP", address);
        }
        spec.texts("clusterIPs").stream()
                .findFirst()
                .filter(first -> !first.equals("None"))
                .ifPresent(first -> own(spec, "clusterIPs", first));
    }

    /// A cluster takes only addresses of its own range; any other may be somebody's.
    private void own(Mapping spec, String field, String address) {
        if (!IpAddress.valid(address) || address.contains(":")) {
            complaints.at(
                    spec,
                    field,
                    "must be an IPv4 address or None, was " + Complaints.quoted(address));
        } else if (!OWN.matcher(address).matches()) {
            complaints.at(
                    spec,
                    field,
                    "must be of 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 198.18.0.0/15, was "
                            + Complaints.quoted(address));
        }
    }

    private void ports(Mapping spec) {
        var ports = spec.mappings("ports");
        var type = spec.word("type").orElse("ClusterIP");
        var headless = spec.word("clusterIP").filter("None"::equals).isPresent();
        if (ports.isEmpty() && !headless && !type.equals("ExternalName")) {
            complaints.at(spec, "ports", "required, but missing: a Service has ports");
        }
        PodRules.distinct(complaints, ports, "name", "port name");
        var seen = new HashSet<String>();
        for (var port : ports) {
            port(port, ports.size() > 1);
            if (type.equals("ClusterIP") && port.number("nodePort").orElse(0) != 0) {
                complaints.at(port, "nodePort", "may not be used when type is ClusterIP");
            }
            var number = port.number("port");
            var key = port.word("protocol").orElse("TCP") + " " + number.orElse(0);
            if (number.isPresent() && !seen.add(key)) {
                complaints.at(port, "port", "duplicate port " + number.getAsLong());
            }
        }
    }

    private void port(Mapping port, boolean named) {
        if (named) {
            complaints.required(port, "name");
        }
        names.label(port, "name");
        complaints.oneOf(port, "protocol", PROTOCOLS);
        if (complaints.required(port, "port")) {
            complaints.between(port, "port", 1, PortRules.MAX_PORT);
        }
        complaints.between(port, "nodePort", 0, PortRules.MAX_PORT);
        if (port.number("targetPort").isPresent()) {
            complaints.between(port, "targetPort", 1, PortRules.MAX_PORT);
        } else {
            names.portName(port, "targetPort");
        }
    }
}
