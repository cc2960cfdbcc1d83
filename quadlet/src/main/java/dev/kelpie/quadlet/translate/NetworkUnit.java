package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.BadKeyException;
import dev.kelpie.quadlet.unit.Section;

/// `.network`: a service that sees to it that a network is there.
final class NetworkUnit {
    private final Conversion conversion;
    private final Section own;

    NetworkUnit(Conversion conversion) {
        this.conversion = conversion;
        own = conversion.own();
    }

    void convert() {
        var name = conversion.unit().resource();
        if (own.isTrue("NetworkDeleteOnStop")) {
            conversion.addService("ExecStopPost", conversion.command("network", "rm").add(name));
        }
        var line = conversion.command("network", "create").add("--ignore");
        line.truths("DisableDNS", "--disable-dns", "Internal", "--internal", "IPv6", "--ipv6");
        line.texts("Driver", "--driver", "IPAMDriver", "--ipam-driver");
        line.texts("InterfaceName", "--interface-name");
        line.all("DNS", "--dns");
        subnets(line);
        line.pairs("Options", "--opt", "Label", "--label").podmanArgs().add(name);
        conversion.addService("ExecStart", line);
        conversion.oneshot(true);
    }

    private void subnets(CommandLine line) {
        var subnets = own.all("Subnet");
        var gateways = own.all("Gateway");
        var ranges = own.all("IPRange");
        if (subnets.isEmpty() && !(gateways.isEmpty() && ranges.isEmpty())) {
            throw new BadKeyException(
                    gateways.isEmpty() ? "IPRange" : "Gateway",
                    "cannot set gateway or range without subnet");
        }
        if (gateways.size() > subnets.size()) {
            throw new BadKeyException("Gateway", "cannot set more gateways than subnets");
        }
        if (ranges.size() > subnets.size()) {
            throw new BadKeyException("IPRange", "cannot set more ranges than subnets");
        }
        for (int i = 0; i < subnets.size(); i++) {
            line.add("--subnet", subnets.get(i));
            if (i < gateways.size()) {
                line.add("--gateway", gateways.get(i));
            }
            if (i < ranges.size()) {
                line.add("--ip-range", ranges.get(i));
            }
        }
    }
}
