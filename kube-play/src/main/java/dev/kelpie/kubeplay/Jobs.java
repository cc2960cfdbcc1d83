package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.EnvVar;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.RestartPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/// What the pods of a Job have beyond its template: an end, and a number.
final class Jobs {

    private static final long USUAL_RETRIES = 6;
    private static final int MOST_RETRIES = 100_000;
    private static final String INDEX = "batch.kubernetes.io/job-completion-index";

    private Jobs() {}

    /// The pod as the Job has it: where the cluster would make another pod after a failure, the
    /// container is run again in place, as often as the Job allows.
    static PodSpec pod(Manifest job, PodSpec pod) {
        var retries =
                Math.clamp(
                        job.spec().number("backoffLimit").orElse(USUAL_RETRIES), 0, MOST_RETRIES);
        var index = index(job, pod.name());
        var containers =
                pod.containers().stream()
                        .map(container -> container(container, retries, index))
                        .toList();
        return new PodSpec(
                pod.metadata(),
                pod.initContainers(),
                containers,
                pod.volumes(),
                pod.network(),
                pod.sharing(),
                policy(pod.policy(), job.spec().number("activeDeadlineSeconds")),
                pod.security());
    }

    private static Optional<String> index(Manifest job, String pod) {
        if (!job.spec().text("completionMode").orElse("").equals("Indexed")) {
            return Optional.empty();
        }
        var last = pod.substring(pod.lastIndexOf('-') + 1);
        return Optional.of(last.matches("[0-9]+") ? last : "0");
    }

    /// What the cluster notes on a pod of an indexed Job.
    static Map<String, String> annotations(Manifest job, String pod) {
        return job.kind().equals(Manifest.JOB)
                ? index(job, pod).map(number -> Map.of(INDEX, number)).orElse(Map.of())
                : Map.of();
    }

    private static PodPolicy policy(PodPolicy own, OptionalLong deadline) {
        return deadline.isPresent()
                ? own.withActiveDeadline(Duration.ofSeconds(deadline.getAsLong()))
                : own;
    }

    private static ContainerSpec container(ContainerSpec own, int retries, Optional<String> index) {
        var process = own.process();
        var env = new ArrayList<>(process.env());
        index.ifPresent(number -> env.add(new EnvVar("JOB_COMPLETION_INDEX", number)));
        return new ContainerSpec(
                own.metadata(),
                own.shortName(),
                own.image(),
                new ProcessSpec(
                        process.command(),
                        process.args(),
                        env,
                        process.workingDir(),
                        process.user(),
                        process.terminal(),
                        process.stdin(),
                        process.late()),
                own.mounts(),
                own.resources(),
                own.security(),
                policy(own.policy(), retries));
    }

    private static ContainerPolicy policy(ContainerPolicy own, int retries) {
        return new ContainerPolicy(
                retries == 0 ? RestartPolicy.NEVER : RestartPolicy.ON_FAILURE,
                retries,
                own.stopSignal(),
                own.stopTimeout(),
                own.restartRules(),
                own.probes(),
                own.lifecycle(),
                own.upkeep());
    }
}
