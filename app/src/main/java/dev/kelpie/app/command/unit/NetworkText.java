package dev.kelpie.app.command.unit;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PortMapping;
import java.util.ArrayList;
import java.util.Locale;

/// How a container or pod is connected, as `.container` and `.pod` files say it.
final class NetworkText {

    private NetworkText() {}

    static void write(UnitText text, PodNetwork network) {
        network.hostname().ifPresent(name -> text.add("HostName", name));
        switch (network.mode()) {
            case PodNetwork.Host() -> text.add("Network", "host");
            case PodNetwork.None() -> text.add("Network", "none");
            case PodNetwork.OfContainer(String name) -> text.add("Network", "container:" + name);
            case PodNetwork.Bridge(var networks, _) ->
                    networks.forEach(request -> text.add("Network", joined(request)));
        }
        network.ports().forEach(port -> text.add("PublishPort", port(port)));
        text.addEach("DNS", network.dns().nameservers());
        text.addEach("DNSSearch", network.dns().searches());
        text.addEach("DNSOption", network.dns().options());
        for (var alias : network.hostAliases()) {
            alias.hostnames().forEach(name -> text.add("AddHost", name + ":" + alias.ip()));
        }
    }

    private static String joined(PodNetwork.NetworkRequest request) {
        var options = new ArrayList<String>();
        request.options()
                .forEach((key, values) -> values.forEach(value -> options.add(key + "=" + value)));
        options.sort(String::compareTo);
        return options.isEmpty()
                ? request.network()
                : request.network() + ":" + String.join(",", options);
    }

    private static String port(PortMapping port) {
        var host = port.hostPort() == 0 ? "" : range(port.hostPort(), port.range());
        var ip = port.hostIp().map(NetworkText::bracketed).orElse("");
        var front = ip.isEmpty() ? (host.isEmpty() ? "" : host + ":") : ip + ":" + host + ":";
        var protocol = port.protocol().name().toLowerCase(Locale.ROOT);
        return front
                + range(port.containerPort(), port.range())
                + (protocol.equals("tcp") ? "" : "/" + protocol);
    }

    private static String bracketed(String ip) {
        return ip.contains(":") ? "[" + ip + "]" : ip;
    }

    private static String range(int first, int count) {
        return count > 1 ? first + "-" + (first + count - 1) : Integer.toString(first);
    }
}
