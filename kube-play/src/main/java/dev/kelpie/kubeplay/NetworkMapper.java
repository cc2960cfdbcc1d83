package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodNetwork.Bridge;
import dev.kelpie.engine.spec.PodNetwork.Dns;
import dev.kelpie.engine.spec.PodNetwork.Host;
import dev.kelpie.engine.spec.PodNetwork.HostAlias;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Optional;

/// How a pod is connected, what it is called and what it believes of names.
final class NetworkMapper {

    private static final int MAX_HOSTNAME = 63;

    private final PlayOptions options;
    private final PortMapper ports;

    NetworkMapper(PlayOptions options) {
        this.options = options;
        this.ports = new PortMapper(options);
    }

    PodNetwork network(Mapping podSpec, String podName) {
        var onHost = PortMapper.onHostNetwork(podSpec, options);
        PodNetwork.Mode own = onHost ? new Host() : new Bridge(List.of());
        return new PodNetwork(
                options.network().orElse(own),
                onHost ? Optional.empty() : hostname(podSpec, podName),
                ports.ports(podSpec),
                dns(podSpec.mapping("dnsConfig")),
                podSpec.mappings("hostAliases").stream().map(NetworkMapper::alias).toList());
    }

    /// The pod's name is too long for the kernel sometimes; the kubelet cuts it like this.
    private static Optional<String> hostname(Mapping podSpec, String podName) {
        var written = podSpec.word("hostname");
        if (written.isPresent() || podName.length() <= MAX_HOSTNAME) {
            return written;
        }
        return Optional.of(podName.substring(0, MAX_HOSTNAME).replaceAll("[-.]+$", ""));
    }

    private static Dns dns(Mapping config) {
        return new Dns(
                config.texts("nameservers"),
                config.texts("searches"),
                config.mappings("options").stream().map(NetworkMapper::option).toList());
    }

    private static String option(Mapping option) {
        var name = option.text("name").orElse("");
        return option.word("value").map(value -> name + ":" + value).orElse(name);
    }

    private static HostAlias alias(Mapping alias) {
        return new HostAlias(alias.text("ip").orElse(""), alias.texts("hostnames"));
    }
}
