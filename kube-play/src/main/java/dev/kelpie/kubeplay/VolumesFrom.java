package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.VolumeMount;
import dev.kelpie.kubeplay.report.Findings;
import dev.kelpie.kubeplay.report.Shown;
import dev.kelpie.kubeplay.rules.PodmanKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Podman's annotation by which a container sees the volumes where others of its pod, which come
/// before it, see them.
final class VolumesFrom {

    private final Map<String, String> annotations;
    private final Map<String, List<VolumeMount>> seen = new HashMap<>();

    VolumesFrom(Map<String, String> annotations) {
        this.annotations = annotations;
    }

    /// A container whose volumes it sees.
    private record From(String container, boolean readOnly) {
        static From parse(String text) {
            var parts = text.strip().split(":", 2);
            return new From(parts[0].strip(), parts.length > 1 && parts[1].equals("ro"));
        }
    }

    private static List<From> sources(Map<String, String> annotations, String container) {
        return Optional.ofNullable(annotations.get(PodmanKeys.VOLUMES_FROM + container)).stream()
                .filter(text -> !text.isBlank())
                .flatMap(text -> Stream.of(text.split(";")))
                .map(From::parse)
                .toList();
    }

    /// The container with what it sees of others; they are to come in their order.
    ContainerSpec of(ContainerSpec container) {
        var changed = container;
        for (var source : sources(annotations, container.shortName())) {
            var mounts = seen.getOrDefault(source.container(), List.of()).stream();
            changed =
                    changed.withInherited(
                            mounts.map(each -> source.readOnly() ? readOnly(each) : each).toList());
        }
        seen.put(container.shortName(), changed.mounts());
        return changed;
    }

    private static VolumeMount readOnly(VolumeMount mount) {
        return new VolumeMount(
                mount.volume(),
                mount.mountPath(),
                mount.subPath(),
                true,
                mount.propagation(),
                mount.copyUp(),
                mount.recursiveReadOnly(),
                mount.flags());
    }

    /// Complains about containers that are not there, or not yet.
    static void check(Manifest manifest, PlayOptions options, Findings findings) {
        var annotations = PodMapper.annotations(manifest, options);
        var before = new ArrayList<String>();
        for (var list : List.of("initContainers", "containers")) {
            for (var container : manifest.podSpec().mappings(list)) {
                var name = container.text("name").orElse("");
                for (var source : sources(annotations, name)) {
                    if (!before.contains(source.container())) {
                        findings.problem(
                                container.placeOf("name"),
                                container.path().field("name").toString(),
                                "%s%s: no container '%s' of the pod comes before it"
                                        .formatted(
                                                PodmanKeys.VOLUMES_FROM,
                                                Shown.of(name),
                                                Shown.of(source.container())));
                    }
                }
                before.add(name);
            }
        }
    }
}
