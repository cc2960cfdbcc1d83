package dev.kelpie.app.command.pod;

import dev.kelpie.engine.spec.InfraSpec;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSharing;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A pod without containers, as `pod create` and `run --pod new:NAME` make it.
public final class EmptyPod {
    private static final Duration GRACE = Duration.ofSeconds(10);

    private EmptyPod() {}

    /// What sets one empty pod apart from another.
    ///
    /// @param stopWithLast exit policy `stop`
    /// @param infra what was said of the infra container
    public record Habits(
            boolean shareProcesses,
            RestartPolicy restart,
            boolean stopWithLast,
            Optional<InfraSpec> infra) {
        /// As a pod is that nothing but this was said of.
        public static Habits usual(Optional<InfraSpec> infra) {
            return new Habits(false, RestartPolicy.NEVER, false, infra);
        }
    }

    public static PodSpec of(
            Metadata metadata, PodNetwork network, Habits habits, PodSecurity security) {
        return new PodSpec(
                metadata,
                List.of(),
                List.of(),
                List.of(),
                network,
                new PodSharing(true, habits.shareProcesses(), false, false, habits.infra()),
                new PodPolicy(habits.restart(), GRACE, habits.stopWithLast()),
                security);
    }
}
