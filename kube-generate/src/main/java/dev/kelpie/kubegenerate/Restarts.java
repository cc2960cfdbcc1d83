package dev.kelpie.kubegenerate;

import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import java.util.List;

/// The one restart policy of a pod, and whether its kind allows it.
final class Restarts {
    private final GenerateOptions options;
    private final Losses losses;

    Restarts(GenerateOptions options, Losses losses) {
        this.options = options;
        this.losses = losses;
    }

    RestartPolicy of(PodSpec pod) {
        var owner = "pod '" + pod.name() + "'";
        var common = common(pod, owner);
        if (common == RestartPolicy.UNLESS_STOPPED) {
            losses.note(owner, "restart policy 'unless-stopped': it is 'always' now");
            common = RestartPolicy.ALWAYS;
        }
        if (options.kind().lasts() && common != RestartPolicy.ALWAYS) {
            if (pod.policy().stopWithLastContainer()) {
                throw new GenerateException(
                        owner
                                + ": a "
                                + options.kind().word()
                                + " can only have restartPolicy Always, was "
                                + word(common));
            }
            losses.note(owner, "restart policy " + word(common) + ": it is Always now");
            return RestartPolicy.ALWAYS;
        }
        if (options.kind().ends() && common == RestartPolicy.ALWAYS) {
            losses.note(owner, "restart policy Always: a job ends, it is Never now");
            return RestartPolicy.NEVER;
        }
        return common;
    }

    static String word(RestartPolicy policy) {
        return switch (policy) {
            case ALWAYS, UNLESS_STOPPED -> "Always";
            case ON_FAILURE -> "OnFailure";
            case NEVER -> "Never";
        };
    }

    /// What its containers do at their end unless they say otherwise themselves.
    RestartPolicy common(PodSpec pod) {
        return common(pod, "pod '" + pod.name() + "'");
    }

    private RestartPolicy common(PodSpec pod, String owner) {
        if (pod.policy().stopWithLastContainer()) {
            return pod.policy().restartPolicy();
        }
        var own =
                pod.containers().stream()
                        .map(ContainerSpec::policy)
                        .map(policy -> policy.restartPolicy())
                        .distinct()
                        .toList();
        if (own.size() == 1) {
            return own.getFirst();
        }
        losses.note(
                owner,
                "restart policies of its containers differ, "
                        + own.stream().map(Restarts::word).distinct().toList()
                        + ": clusters before 1.35 and Podman take that of the first for all");
        return List.copyOf(own).getFirst();
    }
}
