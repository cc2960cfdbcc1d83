package dev.kelpie.runtime.network;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// The contents of a resolv.conf(5) file.
public record ResolvConf(List<String> nameservers, List<String> searches, List<String> options) {

    public ResolvConf {
        nameservers = List.copyOf(nameservers);
        searches = List.copyOf(searches);
        options = List.copyOf(options);
    }

    /// Reads leniently, as the resolver does: unknown lines are skipped; of `search` and `domain`
    /// the last one counts.
    public static ResolvConf parse(String text) {
        var nameservers = new ArrayList<String>();
        var options = new ArrayList<String>();
        var searches = List.<String>of();
        for (var line : text.lines().toList()) {
            var words = List.of(line.strip().split("\\s+", -1));
            switch (words.getFirst()) {
                case "nameserver" -> words.stream().skip(1).limit(1).forEach(nameservers::add);
                case "search", "domain" -> searches = words.subList(1, words.size());
                case "options" -> options.addAll(words.subList(1, words.size()));
                default -> {}
            }
        }
        return new ResolvConf(nameservers, searches, options);
    }

    /// For a pod on a network with DNS: asks the gateways only, which ask the host's servers; keeps
    /// the host's searches and options.
    public ResolvConf through(List<InetAddress> gateways) {
        return new ResolvConf(
                gateways.stream().map(InetAddress::getHostAddress).toList(), searches, options);
    }

    /// For a pod in a namespace of its own without our DNS: the host's servers, but those on a
    /// loopback address, which would be the pod's own.
    public ResolvConf withoutLoopback() {
        var reachable = nameservers.stream().filter(server -> !isLoopback(server)).toList();
        return new ResolvConf(reachable, searches, options);
    }

    /// More servers, searches and options; those given come first, nothing is doubled.
    public ResolvConf withFirst(List<String> servers, List<String> search, List<String> option) {
        return new ResolvConf(
                joined(servers, nameservers), joined(search, searches), joined(option, options));
    }

    /// The file's text; no more than the resolver reads of servers is cut off here, it does so
    /// itself.
    public String toText() {
        var text = new StringBuilder();
        nameservers.forEach(server -> text.append("nameserver ").append(server).append('\n'));
        if (!searches.isEmpty()) {
            text.append("search ").append(String.join(" ", searches)).append('\n');
        }
        if (!options.isEmpty()) {
            text.append("options ").append(String.join(" ", options)).append('\n');
        }
        return text.toString();
    }

    private static List<String> joined(List<String> first, List<String> second) {
        var all = new java.util.LinkedHashSet<>(first);
        all.addAll(second);
        return List.copyOf(all);
    }

    private static boolean isLoopback(String server) {
        return Subnet.address(server).map(InetAddress::isLoopbackAddress).orElse(false);
    }
}
