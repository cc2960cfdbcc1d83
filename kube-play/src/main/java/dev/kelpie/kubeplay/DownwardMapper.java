package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.Downward;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.kubeplay.schema.Amount;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.List;
import java.util.Optional;

/// What containers are told of their own pod (the downward API). As variables, what the manifests
/// say is settled here, the rest when the pod runs.
final class DownwardMapper {

    private static final long ONE = 1000;

    private final Metadata pod;
    private final Mapping podSpec;

    DownwardMapper(Metadata pod, Mapping podSpec) {
        this.pod = pod;
        this.podSpec = podSpec;
    }

    /// A variable of `fieldRef`.
    EnvSource field(String name, Mapping ref) {
        var path = ref.text("fieldPath").orElse("");
        if (path.equals("spec.serviceAccountName")) {
            return value(
                    name,
                    podSpec.word("serviceAccountName")
                            .or(() -> podSpec.word("serviceAccount"))
                            .orElse("default"));
        }
        var field = new Downward.Field(path);
        return field.of(pod)
                .map(text -> value(name, text))
                .orElseGet(() -> new EnvSource.FromDownward(name, field));
    }

    /// A variable of `resourceFieldRef`.
    ///
    /// @param container whose variable it is
    EnvSource resource(String name, Mapping ref, Mapping container) {
        var owner = ref.word("containerName").or(() -> container.word("name")).orElse("");
        var resource = resource(ref, owner);
        return written(owner, resource.resource())
                .map(resources -> value(name, resource.of(resources, Resources.Amounts.NONE)))
                .orElseGet(() -> new EnvSource.FromDownward(name, resource));
    }

    private static EnvSource value(String name, String text) {
        return new EnvSource.Value(name, text.replace("$", "$$"));
    }

    private static Downward.Resource resource(Mapping ref, String container) {
        var divisor =
                ref.text("divisor")
                        .flatMap(Amount::parse)
                        .map(Amount::thousandths)
                        .filter(thousandths -> thousandths > 0)
                        .orElse(ONE);
        return new Downward.Resource(container, ref.text("resource").orElse(""), divisor);
    }

    /// The container's amounts, when the one asked for is among them.
    private Optional<Resources> written(String container, String resource) {
        var resources =
                List.of("containers", "initContainers").stream()
                        .flatMap(list -> podSpec.mappings(list).stream())
                        .filter(each -> each.text("name").orElse("").equals(container))
                        .map(ResourceMapper::resources)
                        .findFirst();
        return resources.filter(amounts -> has(amounts, resource));
    }

    private static boolean has(Resources resources, String resource) {
        var amounts = resource.startsWith("requests.") ? resources.requests() : resources.limits();
        return switch (resource.substring(resource.indexOf('.') + 1)) {
            case "cpu" -> amounts.milliCpu().isPresent();
            case "memory" -> amounts.memory().isPresent();
            default -> false;
        };
    }

    /// The files of a downwardAPI volume.
    Volume.Part files(Mapping source, int usualMode) {
        return new Volume.Part.About(
                source.mappings("items").stream().map(item -> file(item, usualMode)).toList());
    }

    private static Volume.FactFile file(Mapping item, int usualMode) {
        var ref = item.mapping("resourceFieldRef");
        var mode = item.number("mode");
        return new Volume.FactFile(
                item.text("path").orElse(""),
                item.has("resourceFieldRef")
                        ? resource(ref, ref.text("containerName").orElse(""))
                        : new Downward.Field(item.mapping("fieldRef").text("fieldPath").orElse("")),
                mode.isPresent() ? (int) mode.getAsLong() : usualMode);
    }
}
