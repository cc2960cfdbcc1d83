package dev.kelpie.kubeplay.rules;

import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Rules for the ports of a container.
final class PortRules {

    static final int MAX_PORT = 65535;
    private static final List<String> PROTOCOLS = List.of("TCP", "UDP", "SCTP");

    private final Complaints complaints;
    private final NameRules names;

    PortRules(Complaints complaints, NameRules names) {
        this.complaints = complaints;
        this.names = names;
    }

    void check(Mapping container, boolean hostNetwork) {
        var ports = container.mappings("ports");
        PodRules.distinct(complaints, ports, "name", "port name");
        var seen = new HashSet<String>();
        for (var port : ports) {
            names.portName(port, "name");
            complaints.oneOf(port, "protocol", PROTOCOLS);
            hostIp(port);
            complaints.between(port, "hostPort", 0, MAX_PORT);
            if (!port.has("containerPort") && !port.has("hostPort")) {
                complaints.at(port, "containerPort", "required, but missing");
            }
            complaints.between(port, "containerPort", 1, MAX_PORT);
            sameOnHostNetwork(port, hostNetwork);
            distinct(port, seen);
        }
    }

    private void hostIp(Mapping port) {
        var ip = port.word("hostIP");
        if (ip.isPresent() && !IpAddress.valid(ip.get())) {
            complaints.at(
                    port, "hostIP", "must be an IP address, was " + Complaints.quoted(ip.get()));
        }
    }

    private void sameOnHostNetwork(Mapping port, boolean hostNetwork) {
        var host = port.number("hostPort").orElse(0);
        var container = port.number("containerPort").orElse(host);
        if (hostNetwork && host != 0 && host != container) {
            complaints.at(
                    port,
                    "hostPort",
                    "must equal containerPort with hostNetwork, was " + host + " for " + container);
        }
    }

    private void distinct(Mapping port, Set<String> seen) {
        var number = port.number("hostPort");
        if (number.isEmpty() || number.getAsLong() == 0) {
            return;
        }
        var key =
                port.word("hostIP").orElse("")
                        + "/"
                        + number.getAsLong()
                        + "/"
                        + port.word("protocol").orElse("TCP");
        if (!seen.add(key)) {
            complaints.at(port, "hostPort", "duplicate host port " + number.getAsLong());
        }
    }
}
