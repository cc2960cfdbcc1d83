package dev.kelpie.kubegenerate;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// The kinds of objects that pods can leave as (`--type`).
public enum WorkloadKind {
    POD,
    DEPLOYMENT,
    STATEFULSET,
    DAEMONSET,
    JOB,
    CRONJOB;

    /// The kind of that name in lower case.
    public static Optional<WorkloadKind> named(String word) {
        return Stream.of(values()).filter(kind -> kind.word().equals(word)).findFirst();
    }

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean hasReplicas() {
        return this == DEPLOYMENT || this == STATEFULSET;
    }

    /// Whether it runs to an end.
    boolean ends() {
        return this == JOB || this == CRONJOB;
    }

    /// Whether it is restarted for ever.
    boolean lasts() {
        return this == DEPLOYMENT || this == STATEFULSET || this == DAEMONSET;
    }
}
