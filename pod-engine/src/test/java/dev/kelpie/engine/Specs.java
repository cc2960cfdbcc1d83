package dev.kelpie.engine;

import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSharing;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.Security;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Specs for tests: small, complete, changed piece by piece.
public final class Specs {

    static final String IMAGE = "localhost/bb:latest";

    private Specs() {}

    public static ContainerSpec container(String pod, String name, String... command) {
        return new ContainerSpec(
                Metadata.of(pod + "-" + name),
                name,
                new ImageSource(IMAGE, PullPolicy.MISSING),
                process(command),
                List.of(),
                Resources.UNLIMITED,
                Security.DEFAULT,
                policy(RestartPolicy.NEVER, false));
    }

    private static ProcessSpec process(String... command) {
        return new ProcessSpec(
                Optional.of(command.length == 0 ? List.of("sleep", "1000") : List.of(command)),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                false,
                false,
                dev.kelpie.engine.spec.LateEnv.NONE);
    }

    static ContainerPolicy policy(RestartPolicy restart, boolean autoRemove) {
        return new ContainerPolicy(restart, 0, Optional.empty(), Duration.ofSeconds(1), autoRemove);
    }

    static ContainerSpec with(ContainerSpec spec, ContainerPolicy policy) {
        return new ContainerSpec(
                spec.metadata(),
                spec.shortName(),
                spec.image(),
                spec.process(),
                spec.mounts(),
                spec.resources(),
                spec.security(),
                policy);
    }

    /// A pod of containers that sleep.
    public static PodSpec pod(String name, String... containers) {
        return pod(name, Stream.of(containers).map(c -> container(name, c)).toList());
    }

    static PodSpec pod(String name, List<ContainerSpec> containers) {
        return new PodSpec(
                Metadata.of(name),
                List.of(),
                containers,
                List.of(),
                PodNetwork.DEFAULT,
                PodSharing.POD,
                new PodPolicy(RestartPolicy.NEVER, Duration.ofSeconds(1), true),
                PodSecurity.DEFAULT);
    }

    static PodSpec withInit(PodSpec pod, ContainerSpec... init) {
        return new PodSpec(
                pod.metadata(),
                List.of(init),
                pod.containers(),
                pod.volumes(),
                pod.network(),
                pod.sharing(),
                pod.policy(),
                pod.security());
    }

    static PodSpec sharingProcesses(PodSpec pod) {
        return new PodSpec(
                pod.metadata(),
                pod.initContainers(),
                pod.containers(),
                pod.volumes(),
                pod.network(),
                new PodSharing(true, true, false, false, Optional.empty()),
                pod.policy(),
                pod.security());
    }

    static PodSpec solo(ContainerSpec container) {
        return new PodSpec(
                container.metadata(),
                List.of(),
                List.of(container),
                List.of(),
                PodNetwork.DEFAULT,
                PodSharing.SOLO,
                new PodPolicy(RestartPolicy.NEVER, Duration.ofSeconds(1), true),
                PodSecurity.DEFAULT);
    }

    static PodSpec publishing(PodSpec pod, int hostPort, int containerPort) {
        var network =
                new PodNetwork(
                        new PodNetwork.Bridge(List.of()),
                        Optional.empty(),
                        List.of(
                                new PortMapping(
                                        Optional.empty(),
                                        hostPort,
                                        containerPort,
                                        1,
                                        PortMapping.Protocol.TCP)),
                        PodNetwork.Dns.DEFAULT,
                        List.of());
        return new PodSpec(
                pod.metadata(),
                pod.initContainers(),
                pod.containers(),
                pod.volumes(),
                network,
                pod.sharing(),
                pod.policy(),
                pod.security());
    }
}
