package dev.kelpie.engine.spec;

import java.util.Map;

/// A volume of the engine that a play brings (Kubernetes' PersistentVolumeClaim); one of that name
/// that is there already is used as it is.
public record VolumeSpec(String name, Map<String, String> labels, VolumeOptions options) {
    public VolumeSpec {
        labels = Map.copyOf(labels);
    }
}
