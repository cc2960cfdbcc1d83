package dev.kelpie.kubegenerate;

import java.util.Optional;
import java.util.stream.Stream;

/// How a Service is reached (`--service`).
public enum ServiceKind {
    CLUSTER_IP("ClusterIP"),
    NODE_PORT("NodePort"),
    LOAD_BALANCER("LoadBalancer");

    private final String word;

    ServiceKind(String word) {
        this.word = word;
    }

    /// The kind of that name, in any case.
    public static Optional<ServiceKind> named(String word) {
        return Stream.of(values()).filter(kind -> kind.word.equalsIgnoreCase(word)).findFirst();
    }

    /// As Kubernetes writes it.
    public String word() {
        return word;
    }
}
