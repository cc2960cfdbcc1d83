package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.HostAlias;
import io.fabric8.kubernetes.api.model.PodDNSConfig;
import io.fabric8.kubernetes.api.model.PodDNSConfigOption;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;

/// How a pod is connected and what it believes of names.
final class NetworkMaker {
    private static final int MAX_NAMESERVERS = 3;
    private static final int LONGEST_HOSTNAME = 63;

    private final PodNetwork network;
    private final String podName;
    private final String owner;
    private final Losses losses;

    NetworkMaker(PodSpec pod, Losses losses) {
        this.network = pod.network();
        this.podName = pod.name();
        this.owner = "pod '" + pod.name() + "'";
        this.losses = losses;
    }

    void add(io.fabric8.kubernetes.api.model.PodSpec made) {
        switch (network.mode()) {
            case PodNetwork.Host _ -> made.setHostNetwork(true);
            case PodNetwork.None _ -> losses.note(owner, "network none (kube play --network none)");
            case PodNetwork.OfContainer(var other) ->
                    losses.note(owner, "the network of container '" + other + "'");
            case PodNetwork.Bridge(var networks) ->
                    networks.forEach(each ->
                            losses.note(
                                    owner,
                                    "network '"
                                            + each.network()
                                            + "' (kube play --network "
                                            + each.network()
                                            + ")"));
        }
        hostname(made);
        made.setHostAliases(aliases());
        dns(made);
    }

    /// A full name is the host name in a subdomain of the pod's namespace.
    private void fqdn(io.fabric8.kubernetes.api.model.PodSpec made, String fqdn) {
        var labels = java.util.List.of(fqdn.split("\\."));
        if (labels.size() < 2 || !KubeNames.isLabel(labels.get(1))) {
            losses.note(owner, "full name '" + fqdn + "'");
            return;
        }
        made.setSubdomain(labels.get(1));
        if (network.hostname().filter(fqdn::equals).isPresent()) {
            made.setSetHostnameAsFQDN(true);
            if (!labels.getFirst().equals(podName)) {
                made.setHostname(labels.getFirst());
            }
        }
    }

    private void hostname(io.fabric8.kubernetes.api.model.PodSpec made) {
        network.fqdn().ifPresent(fqdn -> fqdn(made, fqdn));
        var hostname = network.hostname().orElse("");
        if (network.fqdn().filter(hostname::equals).isPresent()) {
            return;
        }
        if (hostname.isEmpty() || hostname.equals(unasked())) {
            return;
        }
        if (network.mode() instanceof PodNetwork.Host) {
            losses.note(owner, "hostname '" + hostname + "'");
        } else if (hostname.indexOf('.') > 0 && KubeNames.isSubdomain(hostname)) {
            made.setHostnameOverride(hostname);
        } else if (!KubeNames.isLabel(hostname)) {
            losses.note(owner, "hostname '" + hostname + "'");
        } else {
            made.setHostname(hostname);
        }
    }

    /// What a pod is called within when nothing is said: names that are too long are cut.
    private String unasked() {
        return podName.length() <= LONGEST_HOSTNAME
                ? ""
                : podName.substring(0, LONGEST_HOSTNAME).replaceAll("[-.]+$", "");
    }

    private List<HostAlias> aliases() {
        var aliases = new ArrayList<HostAlias>();
        for (var alias : network.hostAliases()) {
            var names = new ArrayList<String>();
            for (var name : alias.hostnames()) {
                if (isAddress(alias.ip()) && KubeNames.isSubdomain(name)) {
                    names.add(name);
                } else {
                    losses.note(owner, "host alias '" + name + ":" + alias.ip() + "'");
                }
            }
            if (!names.isEmpty() || (alias.hostnames().isEmpty() && isAddress(alias.ip()))) {
                aliases.add(new HostAlias(names, alias.ip()));
            }
        }
        return aliases;
    }

    private static boolean isAddress(String text) {
        return text.matches("[0-9]{1,3}(\\.[0-9]{1,3}){3}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");
    }

    private void dns(io.fabric8.kubernetes.api.model.PodSpec made) {
        var dns = network.dns();
        switch (dns.base()) {
            case NETWORK -> {}
            case HOST -> made.setDnsPolicy("Default");
            case NONE -> made.setDnsPolicy("None");
        }
        if (dns.nameservers().isEmpty() && dns.searches().isEmpty() && dns.options().isEmpty()) {
            return;
        }
        var config = new PodDNSConfig();
        config.setNameservers(nameservers());
        config.setSearches(dns.searches());
        var options = new ArrayList<PodDNSConfigOption>();
        for (var option : dns.options()) {
            var colon = option.indexOf(':');
            var each = new PodDNSConfigOption();
            each.setName(colon < 0 ? option : option.substring(0, colon));
            if (colon >= 0 && colon + 1 < option.length()) {
                each.setValue(option.substring(colon + 1));
            }
            options.add(each);
        }
        config.setOptions(options);
        made.setDnsConfig(config);
    }

    private List<String> nameservers() {
        var nameservers = network.dns().nameservers();
        nameservers.stream()
                .skip(MAX_NAMESERVERS)
                .forEach(
                        server -> losses.note(owner, "name server '" + server + "': one too many"));
        return nameservers.stream().limit(MAX_NAMESERVERS).toList();
    }

    /// The published ports, each by itself, and only once if two of them are told apart by nothing.
    ///
    /// @param onHost whether they take ports of the host (not behind a Service, not with replicas)
    List<ContainerPort> ports(List<PortMapping> mappings, boolean onHost) {
        var ports = new LinkedHashSet<ContainerPort>();
        for (var mapping : mappings) {
            for (int i = 0; i < mapping.range(); i++) {
                ports.add(port(mapping, i, onHost));
            }
        }
        return List.copyOf(ports);
    }

    /// Those that are only named, for Services to find.
    List<ContainerPort> unpublished() {
        return network.named().stream()
                .filter(named -> network.ports().stream().noneMatch(each -> isIn(named, each)))
                .map(NetworkMaker::port)
                .toList();
    }

    private static boolean isIn(PodNetwork.NamedPort named, PortMapping mapping) {
        return named.protocol() == mapping.protocol()
                && named.port() >= mapping.containerPort()
                && named.port() < mapping.containerPort() + mapping.range();
    }

    private static ContainerPort port(PodNetwork.NamedPort named) {
        var port = new ContainerPort();
        port.setName(named.name());
        port.setContainerPort(named.port());
        if (named.protocol() != PortMapping.Protocol.TCP) {
            port.setProtocol(named.protocol().name());
        }
        return port;
    }

    private ContainerPort port(PortMapping mapping, int offset, boolean onHost) {
        var port = new ContainerPort();
        port.setContainerPort(mapping.containerPort() + offset);
        network.named().stream()
                .filter(named -> named.port() == port.getContainerPort())
                .filter(named -> named.protocol() == mapping.protocol())
                .findFirst()
                .ifPresent(named -> port.setName(named.name()));
        if (mapping.protocol() != PortMapping.Protocol.TCP) {
            port.setProtocol(mapping.protocol().name());
        }
        if (network.mode() instanceof PodNetwork.Host || !onHost) {
            return port;
        }
        if (mapping.hostPort() == 0) {
            losses.note(
                    owner,
                    "port " + port.getContainerPort() + " on any free port of the host (none now)");
            return port;
        }
        port.setHostPort(mapping.hostPort() + offset);
        mapping.hostIp().ifPresent(port::setHostIP);
        return port;
    }
}
