package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PortMapping.Protocol;
import dev.kelpie.engine.spec.ServiceSpec;
import dev.kelpie.engine.spec.ServiceSpec.Kind;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.Locale;
import java.util.Optional;

/// Makes a Service of its manifest.
final class ServiceMapper {
    private ServiceMapper() {}

    static ServiceSpec service(Manifest manifest) {
        var spec = manifest.spec();
        var metadata = manifest.document().mapping("metadata");
        var kind = kind(spec);
        return new ServiceSpec(
                new Metadata(
                        manifest.namespace(),
                        manifest.name(),
                        metadata.textMap("labels"),
                        metadata.textMap("annotations")),
                spec.textMap("selector"),
                spec.mappings("ports").stream().map(port -> port(port, kind)).toList(),
                kind,
                address(spec).filter(text -> !text.equals("None")),
                spec.text("sessionAffinity").orElse("").equals("ClientIP"),
                spec.flag("publishNotReadyAddresses"));
    }

    private static Optional<String> address(Mapping spec) {
        return spec.word("clusterIP").or(() -> spec.texts("clusterIPs").stream().findFirst());
    }

    private static Kind kind(Mapping spec) {
        if (address(spec).filter("None"::equals).isPresent()) {
            return Kind.HEADLESS;
        }
        return switch (spec.text("type").orElse("")) {
            case "NodePort" -> Kind.NODE_PORT;
            case "LoadBalancer" -> Kind.LOAD_BALANCER;
            default -> Kind.CLUSTER_IP;
        };
    }

    private static ServiceSpec.Port port(Mapping port, Kind kind) {
        var number = (int) port.number("port").orElse(0);
        var node = kind == Kind.CLUSTER_IP ? 0 : (int) port.number("nodePort").orElse(0);
        return new ServiceSpec.Port(
                port.word("name").orElse(""),
                Protocol.valueOf(port.word("protocol").orElse("TCP").toUpperCase(Locale.ROOT)),
                number,
                port.word("targetPort").orElse(Integer.toString(number)),
                node);
    }
}
