package dev.kelpie.kubegenerate;

import java.util.List;

/// Kubernetes YAML, and what it could not hold.
///
/// @param text with the losses as comments at its top
/// @param losses one line each
public record Generated(String text, List<String> losses) {
    public Generated {
        losses = List.copyOf(losses);
    }
}
