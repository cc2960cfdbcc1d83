package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.Metadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;

/// Labels and annotations. A label that Kubernetes' rules do not allow becomes an annotation.
final class Tags {
    private static final List<String> PODMANS =
            List.of("io.podman.annotations.", "bind-mount-options", "io.containers.", "run.oci.");

    private Tags() {}

    /// @param podmanOnly keep the annotations by which Podman is configured
    static void add(
            ObjectMeta metadata, Metadata from, String owner, boolean podmanOnly, Losses losses) {
        var labels = new TreeMap<String, String>();
        var annotations = new TreeMap<String, String>();
        new TreeMap<>(from.annotations())
                .forEach((key, value) -> {
                    if (isAnnotation(key, podmanOnly, owner, losses)) {
                        annotations.put(key, value);
                    }
                });
        new TreeMap<>(from.labels())
                .forEach((key, value) -> {
                    if (KubeNames.isQualifiedKey(key) && KubeNames.isLabelValue(value)) {
                        labels.put(key, value);
                    } else if (isAnnotation(key, podmanOnly, owner, losses)) {
                        losses.note(owner, "label '" + key + "' is an annotation now");
                        annotations.putIfAbsent(key, value);
                    }
                });
        if (!labels.isEmpty()) {
            metadata.setLabels(labels);
        }
        if (!annotations.isEmpty()) {
            metadata.setAnnotations(annotations);
        }
    }

    private static boolean isAnnotation(
            String key, boolean podmanOnly, String owner, Losses losses) {
        if (!KubeNames.isQualifiedKey(key.toLowerCase(Locale.ROOT))) {
            losses.note(owner, "'" + key + "' is no key for a label or annotation");
            return false;
        }
        if (!podmanOnly && PODMANS.stream().anyMatch(key::startsWith)) {
            losses.note(owner, "annotation '" + key + "' is Podman's (--podman-only keeps it)");
            return false;
        }
        return true;
    }
}
