package dev.kelpie.kubegenerate;

import java.util.Map;

/// A volume that outlives pods, to become a PersistentVolumeClaim.
public record Claim(String name, Map<String, String> labels) {
    public Claim {
        labels = Map.copyOf(labels);
    }
}
