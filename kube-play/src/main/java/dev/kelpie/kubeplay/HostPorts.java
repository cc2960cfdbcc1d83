package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Sees that no two containers of a play want the same port of the host.
final class HostPorts {

    private static final Set<String> EVERYWHERE = Set.of("", "0.0.0.0", "::");

    private record Claim(String ip, String pod, Mapping port) {}

    private final PlayOptions options;
    private final Findings findings;
    private final Map<String, List<Claim>> claims = new HashMap<>();

    HostPorts(PlayOptions options, Findings findings) {
        this.options = options;
        this.findings = findings;
    }

    void check(List<Manifest> manifests) {
        for (var manifest : manifests) {
            for (var container : manifest.podSpec().mappings("containers")) {
                container.mappings("ports").forEach(port -> check(manifest, port));
            }
        }
    }

    private void check(Manifest manifest, Mapping port) {
        var onHost = PortMapper.onHostNetwork(manifest.podSpec(), options);
        if (!onHost && PortMapper.published(port, options)) {
            return;
        }
        var number = PortMapper.hostPort(port, options, onHost);
        if (number == 0 || manifest.replicas() == 0) {
            return;
        }
        if (options.network().orElse(null) instanceof PodNetwork.None) {
            problem(port, "network none has no ports to publish");
        } else if (manifest.replicas() > 1) {
            problem(port, manifest.replicas() + " replicas cannot share the host port " + number);
        } else {
            claim(manifest, port, number);
        }
    }

    private void claim(Manifest manifest, Mapping port, long number) {
        var key = number + "/" + port.word("protocol").orElse("TCP");
        var claim = new Claim(port.word("hostIP").orElse(""), manifest.name(), port);
        var others = claims.computeIfAbsent(key, _ -> new ArrayList<>());
        others.stream()
                .filter(other -> overlap(other.ip(), claim.ip()))
                .findFirst()
                .ifPresent(other -> taken(claim, other, key));
        others.add(claim);
    }

    private static boolean overlap(String one, String other) {
        return EVERYWHERE.contains(one) || EVERYWHERE.contains(other) || one.equals(other);
    }

    private void taken(Claim claim, Claim other, String key) {
        problem(
                claim.port(),
                "host port "
                        + key
                        + " is already taken by '"
                        + other.pod()
                        + "' at "
                        + place(other.port()));
    }

    private static dev.kelpie.kubeplay.report.Place place(Mapping port) {
        return port.placeOf(key(port));
    }

    private void problem(Mapping port, String message) {
        findings.problem(place(port), port.path().field(key(port)).toString(), message);
    }

    private static String key(Mapping port) {
        return port.has("hostPort") ? "hostPort" : "containerPort";
    }
}
