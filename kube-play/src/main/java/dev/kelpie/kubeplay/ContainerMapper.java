package dev.kelpie.kubeplay;

import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.kubeplay.yaml.Mapping;
import java.util.Optional;

/// The containers of one pod.
final class ContainerMapper {

    private final Mapping podSpec;
    private final Metadata pod;
    private final PodPolicy policy;
    private final VolumeMapper volumes;
    private final SecurityMapper security;
    private final EnvMapper environment;
    private final PodmanAnnotations annotations;
    private final boolean prefixed;

    ContainerMapper(
            Mapping podSpec,
            Metadata pod,
            PodPolicy policy,
            PlayOptions options,
            VolumeMapper volumes,
            EnvMapper environment) {
        this.podSpec = podSpec;
        this.pod = pod;
        this.policy = policy;
        this.prefixed = !options.noPodPrefix();
        this.security =
                new SecurityMapper(
                        podSpec.mapping("securityContext"),
                        options.seccompProfileRoot(),
                        UsersMapper.users(podSpec, pod.name(), pod.annotations()).isPresent());
        this.annotations = new PodmanAnnotations(pod.annotations(), options.seccompProfileRoot());
        this.volumes = volumes;
        this.environment = environment;
    }

    ContainerSpec container(Mapping container) {
        var shortName = container.text("name").orElse("");
        var name = prefixed ? pod.name() + "-" + shortName : shortName;
        return spec(container, name, own(container).orElse(policy.restartPolicy()));
    }

    private static Optional<RestartPolicy> own(Mapping container) {
        return container.word("restartPolicy").map(PodMapper::restartPolicy);
    }

    /// One that runs to completion before the others start: again after a failure, unless the pod
    /// is never restarted; or, with a policy of its own that says `Always`, beside them. It always
    /// has the pod's prefix.
    ContainerSpec initContainer(Mapping container) {
        var again =
                policy.restartPolicy() == RestartPolicy.NEVER
                        ? RestartPolicy.NEVER
                        : RestartPolicy.ON_FAILURE;
        var name = pod.name() + "-" + container.text("name").orElse("");
        return spec(container, name, own(container).orElse(again));
    }

    private ContainerSpec spec(Mapping container, String name, RestartPolicy restart) {
        var probes = new ProbeMapper(container);
        var variables = environment.environment(container);
        var plain =
                new ContainerSpec(
                        new Metadata(pod.namespace(), name, pod.labels(), pod.annotations()),
                        container.text("name").orElse(""),
                        ImageMapper.image(container),
                        ProcessMapper.process(
                                container, podSpec.mapping("securityContext"), variables),
                        volumes.mounts(container, variables.values()),
                        DeviceMapper.with(
                                volumes.withDevices(ResourceMapper.resources(container), container),
                                container.mapping("resources"),
                                pod.annotations()),
                        security.security(container),
                        new ContainerPolicy(
                                        restart,
                                        0,
                                        container.mapping("lifecycle").word("stopSignal"),
                                        policy.terminationGracePeriod(),
                                        false)
                                .withRestartRules(probes.restartRules())
                                .withProbes(probes.probes())
                                .withLifecycle(probes.lifecycle()));
        return annotations.of(plain);
    }
}
