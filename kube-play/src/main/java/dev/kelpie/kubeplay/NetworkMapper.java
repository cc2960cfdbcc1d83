package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodNetwork.Bridge;
import dev.kelpie.engine.spec.PodNetwork.Dns;
import dev.kelpie.engine.spec.PodNetwork.Host;
import dev.kelpie.engine.spec.PodNetwork.HostAlias;
import dev.kelpie.engine.spec.PodNetwork.NamedPort;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How a pod is connected, what it is called and what it believes of names.
final class NetworkMapper {

    private static final int MAX_HOSTNAME = 63;

    private final PlayOptions options;
    private final PortMapper ports;

    NetworkMapper(PlayOptions options) {
        this.options = options;
        this.ports = new PortMapper(options);
    }

    PodNetwork network(Manifest manifest, String podName) {
        var podSpec = manifest.podSpec();
        var onHost = PortMapper.onHostNetwork(podSpec, options);
        PodNetwork.Mode own = onHost ? new Host() : new Bridge(List.of());
        var fqdn = onHost ? Optional.<String>empty() : fqdn(manifest, podName);
        return new PodNetwork(
                options.network().orElse(own),
                onHost ? Optional.empty() : hostname(podSpec, podName, fqdn),
                ports.ports(podSpec),
                dns(podSpec),
                podSpec.mappings("hostAliases").stream().map(NetworkMapper::alias).toList(),
                fqdn,
                named(podSpec));
    }

    private static List<NamedPort> named(Mapping podSpec) {
        return Stream.of("containers", "initContainers")
                .flatMap(list -> podSpec.mappings(list).stream())
                .flatMap(container -> container.mappings("ports").stream())
                .filter(port -> port.word("name").isPresent())
                .map(port ->
                        new NamedPort(
                                port.word("name").orElse(""),
                                PortMapper.protocol(port),
                                (int) PortMapper.containerPort(port)))
                .toList();
    }

    /// A pod in a subdomain has the full name that it would have in a cluster; the controller of a
    /// StatefulSet sets it.
    private static Optional<String> fqdn(Manifest manifest, String podName) {
        var podSpec = manifest.podSpec();
        if (podSpec.has("hostnameOverride")) {
            return Optional.empty();
        }
        var service =
                manifest.kind().equals(Manifest.STATEFUL_SET)
                        ? manifest.spec().word("serviceName")
                        : Optional.<String>empty();
        var first = ownName(podSpec, podName).orElse(podName);
        return podSpec.word("subdomain")
                .or(() -> service)
                .map(domain ->
                        first + "." + domain + "." + manifest.namespace() + ".svc.cluster.local");
    }

    private static Optional<String> hostname(
            Mapping podSpec, String podName, Optional<String> fqdn) {
        var override = podSpec.word("hostnameOverride");
        if (override.isPresent()) {
            return override;
        }
        return podSpec.flag("setHostnameAsFQDN") && fqdn.isPresent()
                ? fqdn
                : ownName(podSpec, podName);
    }

    /// The pod's name is too long for the kernel sometimes; the kubelet cuts it like this.
    private static Optional<String> ownName(Mapping podSpec, String podName) {
        var written = podSpec.word("hostname");
        if (written.isPresent() || podName.length() <= MAX_HOSTNAME) {
            return written;
        }
        return Optional.of(podName.substring(0, MAX_HOSTNAME).replaceAll("[-.]+$", ""));
    }

    private static Dns dns(Mapping podSpec) {
        var config = podSpec.mapping("dnsConfig");
        return new Dns(
                config.texts("nameservers"),
                config.texts("searches"),
                config.mappings("options").stream().map(NetworkMapper::option).toList(),
                base(podSpec));
    }

    private static PodNetwork.Base base(Mapping podSpec) {
        return switch (podSpec.text("dnsPolicy").orElse("")) {
            case "Default" -> PodNetwork.Base.HOST;
            case "None" -> PodNetwork.Base.NONE;
            default -> PodNetwork.Base.NETWORK;
        };
    }

    private static String option(Mapping option) {
        var name = option.text("name").orElse("");
        return option.word("value").map(value -> name + ":" + value).orElse(name);
    }

    private static HostAlias alias(Mapping alias) {
        return new HostAlias(alias.text("ip").orElse(""), alias.texts("hostnames"));
    }
}
