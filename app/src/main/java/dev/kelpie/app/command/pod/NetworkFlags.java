package dev.kelpie.app.command.pod;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.NetworkFlag;
import dev.kelpie.app.flag.PublishFlag;
import dev.kelpie.engine.spec.NameFiles;
import dev.kelpie.engine.spec.PodNetwork;
import java.nio.file.Files;
import java.nio.file.Path;
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

    @Option(
            names = "--no-hosts",
            arity = "0..1",
            description = "The image's /etc/hosts instead of ours")
    boolean noHosts;

    @Option(names = "--hosts-file", description = "File whose lines come first in /etc/hosts")
    String hostsFile = "";

    @Option(
            names = "--no-hostname",
            arity = "0..1",
            description = "The image's /etc/hostname instead of ours")
    boolean noHostname;

    /// Refuses what a container cannot have that has the network of a pod, in Podman's words.
    public void requireNoneInPod(String hostname, boolean publishAll) {
        if (!networks.isEmpty() || !ip.isEmpty() || !ip6.isEmpty() || !mac.isEmpty()) {
            throw ofPod("networks must be defined when the pod is created");
        }
        if (!publish.isEmpty() || publishAll) {
            throw ofPod("published or exposed ports must be defined when the pod is created");
        }
        if (!addHosts.isEmpty() || noHosts || noHostname || !hostsFile.isEmpty()) {
            throw ofPod("extra host entries must be specified on the pod");
        }
        if (!hostname.isEmpty()) {
            throw FlagException.meaning("cannot set hostname when joining the pod UTS namespace");
        }
    }

    /// What does nothing there, which Podman takes in silence.
    public List<String> idleInPod() {
        var said = new ArrayList<String>(dns);
        said.addAll(dnsSearches);
        said.addAll(dnsOptions);
        said.addAll(aliases);
        return said.isEmpty()
                ? List.of()
                : List.of("resolvers and network aliases are the pod's: " + said + " do nothing");
    }

    private static FlagException ofPod(String what) {
        return FlagException.meaning(
                what + ": network cannot be configured when it is shared with a pod");
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
                        hostAliases())
                .withFiles(files());
    }

    /// The words `image` and `none` stand for no file.
    private NameFiles files() {
        if (noHosts && !addHosts.isEmpty()) {
            throw FlagException.meaning("--no-hosts and --add-host cannot be set together");
        }
        boolean named = !hostsFile.isEmpty() && !hostsFile.matches("none|image");
        if (noHosts && named) {
            throw FlagException.meaning("--no-hosts and --hosts-file cannot be set together");
        }
        if (named && !hostsFile.startsWith("/")) {
            throw FlagException.meaning(
                    "--hosts-file must be an absolute path, image or none, was \""
                            + hostsFile
                            + "\"");
        }
        if (named && !Files.isReadable(Path.of(hostsFile))) {
            throw FlagException.meaning("cannot read the hosts file \"" + hostsFile + "\"");
        }
        return new NameFiles(
                !noHosts, !noHostname, named ? Optional.of(hostsFile) : Optional.empty());
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
