package dev.kelpie.app.command.pod;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.NetworkFlag;
import dev.kelpie.app.flag.PublishFlag;
import dev.kelpie.engine.spec.PodNetwork;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Flags on how a pod, or a container by itself, is connected.
public final class NetworkFlags {
    @Option(names = "--network", description = "Connect to a network, or: host, none, container:ID")
    List<String> networks = new ArrayList<>();

    @Option(
            names = {"-p", "--publish"},
            description = "Publish a port: [[ip:][hostPort]:]containerPort[/protocol]")
    List<String> publish = new ArrayList<>();

    @Option(names = "--add-host", description = "Add a line to /etc/hosts: name:address")
    List<String> addHosts = new ArrayList<>();

    @Option(names = "--dns", split = ",", description = "DNS servers instead of the host's")
    List<String> dns = new ArrayList<>();

    @Option(names = "--dns-search", split = ",", description = "DNS search domains")
    List<String> dnsSearches = new ArrayList<>();

    @Option(names = "--dns-option", split = ",", description = "Options of resolv.conf")
    List<String> dnsOptions = new ArrayList<>();

    @Option(names = "--ip", description = "Its address on its network")
    String ip = "";

    @Option(names = "--ip6", description = "Its IPv6 address on its network")
    String ip6 = "";

    @Option(names = "--mac-address", description = "Its hardware address on its network")
    String mac = "";

    @Option(names = "--network-alias", description = "Further name on its networks")
    List<String> aliases = new ArrayList<>();

    /// Whether anything was given that only the owner of a network namespace can have.
    public boolean given() {
        return !networks.isEmpty()
                || !publish.isEmpty()
                || !ip.isEmpty()
                || !ip6.isEmpty()
                || !mac.isEmpty();
    }

    /// What was given, else the default network.
    ///
    /// @param hostname empty for the default
    public PodNetwork network(String hostname) {
        var mode = mode();
        var ports = PublishFlag.parse(publish);
        if (!ports.isEmpty() && !(mode instanceof PodNetwork.Bridge)) {
            if (!(mode instanceof PodNetwork.Host)) {
                throw FlagException.meaning(
                        "cannot publish ports with network mode \"" + networks.getFirst() + "\"");
            }
            ports = List.of();
        }
        return new PodNetwork(
                mode,
                hostname.isEmpty() ? Optional.empty() : Optional.of(hostname),
                ports,
                new PodNetwork.Dns(dns, dnsSearches, dnsOptions),
                hostAliases());
    }

    private PodNetwork.Mode mode() {
        var mode = NetworkFlag.parse(networks).orElseGet(() -> new PodNetwork.Bridge(List.of()));
        var addresses = new HashMap<String, List<String>>();
        if (!ip.isEmpty()) {
            addresses.put("ip", List.of(ip));
        }
        if (!ip6.isEmpty()) {
            addresses.put("ip6", List.of(ip6));
        }
        if (!mac.isEmpty()) {
            addresses.put("mac", List.of(mac));
        }
        return NetworkFlag.with(
                NetworkFlag.with(mode, addresses),
                aliases.isEmpty() ? Map.of() : Map.of("alias", aliases));
    }

    private List<PodNetwork.HostAlias> hostAliases() {
        var names = new LinkedHashMap<String, List<String>>();
        for (var word : addHosts) {
            int colon = word.indexOf(':');
            if (colon <= 0 || colon == word.length() - 1) {
                throw FlagException.meaning(
                        "unable to parse \"" + word + "\": must be of the form name:address");
            }
            var address = word.substring(colon + 1);
            names.computeIfAbsent(unbracketed(address), _ -> new ArrayList<>())
                    .addAll(Arrays.asList(word.substring(0, colon).split(";", -1)));
        }
        return names.entrySet().stream()
                .map(entry -> new PodNetwork.HostAlias(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static String unbracketed(String address) {
        return address.startsWith("[") && address.endsWith("]")
                ? address.substring(1, address.length() - 1)
                : address;
    }
}
