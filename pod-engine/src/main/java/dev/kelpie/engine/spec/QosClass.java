package dev.kelpie.engine.spec;

import java.util.OptionalLong;

/// How much a pod is promised of what it may use, which decides who goes first when memory is out.
///
/// @see <a href="https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/">Pod quality of
///   service</a>
public enum QosClass {
    GUARANTEED,
    BURSTABLE,
    BEST_EFFORT;

    private static final int PROTECTED = -997;
    private static final int FIRST = 1000;

    /// The class of a pod: by its own requests and limits, else by those of all its containers.
    public static QosClass of(PodSpec pod) {
        var own = pod.policy().demands();
        if (!own.requests().equals(Resources.Amounts.NONE)
                || !own.limits().equals(Resources.Amounts.NONE)) {
            return isFull(own.requests(), own.limits()) ? GUARANTEED : BURSTABLE;
        }
        var all = pod.allContainers().stream().map(ContainerSpec::resources).toList();
        if (all.stream().allMatch(QosClass::asksNothing)) {
            return BEST_EFFORT;
        }
        return all.stream().allMatch(each -> isFull(each.requests(), each.limits()))
                ? GUARANTEED
                : BURSTABLE;
    }

    private static boolean asksNothing(Resources resources) {
        return isNothing(resources.requests().milliCpu())
                && isNothing(resources.requests().memory())
                && resources.limits().equals(Resources.Amounts.NONE);
    }

    private static boolean isNothing(OptionalLong amount) {
        return amount.orElse(0) == 0;
    }

    private static boolean isFull(Resources.Amounts requests, Resources.Amounts limits) {
        return limits.milliCpu().isPresent()
                && limits.memory().isPresent()
                && limits.equals(requests);
    }

    /// The kernel's rank of a container of such a pod, as the kubelet computes it.
    ///
    /// @param request bytes of memory that the container asks for
    /// @param memory bytes of the whole machine
    public int oomScoreAdj(long request, long memory) {
        return switch (this) {
            case GUARANTEED -> PROTECTED;
            case BEST_EFFORT -> FIRST;
            case BURSTABLE -> {
                var share = FIRST - (int) (FIRST * (double) request / Math.max(1, memory));
                yield Math.clamp(share, FIRST + PROTECTED, FIRST - 1);
            }
        };
    }
}
