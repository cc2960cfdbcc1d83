package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.FlagException;
import dev.kelpie.app.flag.RestartFlag;
import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Probes;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.runtime.kernel.Signal;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// Flags on how a new container ends and begins again.
final class LifeFlags {
    @Option(names = "--restart", description = "no, always, unless-stopped or on-failure[:N]")
    String restart = "";

    @Option(names = "--stop-signal", description = "Signal to stop it with (default SIGTERM)")
    String stopSignal = "";

    @Option(names = "--stop-timeout", description = "Seconds from the stop signal to SIGKILL")
    int stopTimeout = 10;

    @Option(names = "--rm", arity = "0..1", description = "Remove it when it has ended")
    boolean remove;

    @Mixin HealthFlags health = new HealthFlags();

    /// With the restart policy of a pod that `pod create` made, where neither flag says otherwise;
    /// what joins a played pod for once is not begun again.
    ContainerSpec member(ContainerSpec container, PodSpec pod) {
        boolean asThePod = restart.isEmpty() && !remove && pod.containers().isEmpty();
        return asThePod
                ? container.withPolicy(
                        container.policy().withRestart(pod.policy().restartPolicy(), 0))
                : container;
    }

    ContainerPolicy policy() {
        var policy = RestartFlag.parse(restart);
        if (remove && policy.policy() != RestartPolicy.NEVER) {
            throw FlagException.meaning("--rm and --restart=" + restart + " contradict each other");
        }
        if (stopTimeout < 0) {
            throw FlagException.meaning(
                    "--stop-timeout must not be negative, was \"" + stopTimeout + "\"");
        }
        if (!stopSignal.isEmpty() && Signal.parse(stopSignal).isEmpty()) {
            throw FlagException.meaning("invalid signal: " + stopSignal);
        }
        return new ContainerPolicy(
                        policy.policy(),
                        policy.maxRetries(),
                        stopSignal.isEmpty() ? Optional.empty() : Optional.of(stopSignal),
                        Duration.ofSeconds(stopTimeout),
                        remove)
                .withProbes(Probes.ofHealth(health.check()));
    }
}
