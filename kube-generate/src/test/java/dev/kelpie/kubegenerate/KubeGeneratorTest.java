package dev.kelpie.kubegenerate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.HealthCheck;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSharing;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.Probes;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.SecretSpec;
import dev.kelpie.engine.spec.Security;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class KubeGeneratorTest {
    @Test
    void makesOnePodOfSeveralContainers() {
        var generated = generate(List.of(solo("my_web", 8080), solo("db", 5432)), options("pod"));
        assertThat(generated.text())
                .isEqualTo(
                        """
                        # Not in this file, or only nearly, since Kubernetes has no words for it:
                        # - pod 'my_web-pod': is called 'myweb-pod'
                        # - container 'my_web': is called 'myweb'
                        # - container 'my_web': limit of 100 processes
                        # - container 'db': limit of 100 processes
                        apiVersion: v1
                        kind: Pod
                        metadata:
                          name: myweb-pod
                          labels:
                            tier: front
                        spec:
                          restartPolicy: Never
                          terminationGracePeriodSeconds: 10
                          containers:
                          - name: myweb
                            image: localhost/hello:1
                            ports:
                            - containerPort: 80
                              hostPort: 8080
                          - name: db
                            image: localhost/hello:1
                            ports:
                            - containerPort: 80
                              hostPort: 5432
                        """);
        assertThat(generated.losses()).hasSize(4);
    }

    @Test
    void writesADeploymentWithItsService() {
        var options = options("deployment").withReplicas(2).withService(ServiceKind.NODE_PORT);
        var text = generate(List.of(solo("web", 30080)), options).text();
        assertThat(text)
                .contains("kind: Service\nmetadata:\n  name: web-pod\n")
                .contains(
                        "nodePort: 30080",
                        "type: NodePort",
                        "kind: Deployment\nmetadata:\n  name: web\n")
                .contains("  replicas: 2\n", "    matchLabels:\n      app: web-pod\n")
                .contains("# - pod 'web-pod': restart policy Never: it is Always now\n")
                .doesNotContain("hostPort");
    }

    @Test
    void refusesADeploymentOfAPlayedPodThatEnds() {
        var played = pod("job", RestartPolicy.NEVER);
        assertThatThrownBy(() -> generate(List.of(played), options("deployment")))
                .hasMessage(
                        "pod 'job': a deployment can only have restartPolicy Always, was Never");
    }

    @Test
    void refusesAPodWithoutContainers() {
        var empty = pod("none", RestartPolicy.NEVER, List.of());
        assertThatThrownBy(() -> generate(List.of(empty), options("pod")))
                .hasMessage("pod none only has an infra container");
    }

    @Test
    void putsJobsInTheirTemplates() {
        var played = pod("job", RestartPolicy.ON_FAILURE);
        var cron =
                new GenerateOptions(WorkloadKind.CRONJOB, 1, Optional.empty(), false, "0 3 * * *");
        assertThat(generate(List.of(played), options("job")).text())
                .startsWith("apiVersion: batch/v1\nkind: Job\nmetadata:\n  name: job-job\n")
                .contains("      restartPolicy: OnFailure\n");
        assertThat(generate(List.of(played), cron).text())
                .contains("kind: CronJob\n", "  schedule: 0 3 * * *\n", "  jobTemplate:\n");
    }

    @Test
    void refusesFlagsThatDoNotFit() {
        assertThatThrownBy(() -> options("pod").withReplicas(2)).hasMessageContaining("--replicas");
        assertThatThrownBy(() -> options("cronjob")).hasMessageContaining("--schedule");
    }

    @Test
    void writesClaimsAndSecretsFirst() {
        var secret =
                new SecretSpec(Metadata.of("login"), "Opaque", Map.of("user", "YWRtaW4="), false);
        var inventory =
                new Inventory(
                        List.of(pod("web", RestartPolicy.ALWAYS)),
                        List.of(new Claim("data", Map.of())),
                        List.of(secret));
        assertThat(KubeGenerator.generate(inventory, GenerateOptions.DEFAULT).text())
                .startsWith(
                        """
                        apiVersion: v1
                        kind: PersistentVolumeClaim
                        metadata:
                          name: data
                        spec:
                          accessModes:
                          - ReadWriteOnce
                          resources:
                            requests:
                              storage: 1Gi
                        ---
                        apiVersion: v1
                        kind: Secret
                        metadata:
                          name: login
                        data:
                          user: YWRtaW4=
                        ---
                        """);
    }

    @Test
    void makesProbesOfHealthChecks() {
        var telling = checked(HealthCheck.OnFailure.NONE);
        assertThat(generate(List.of(telling), GenerateOptions.DEFAULT).text())
                .contains("# - container 'web': its health check is a readiness probe now\n")
                .contains("    readinessProbe:\n      exec:\n        command:\n        - wget\n")
                .contains("      periodSeconds: 5\n", "      timeoutSeconds: 30\n")
                .doesNotContain("livenessProbe");
        var restarting = checked(HealthCheck.OnFailure.RESTART);
        assertThat(generate(List.of(restarting), GenerateOptions.DEFAULT).text())
                .contains("    startupProbe:\n", "      failureThreshold: 5\n")
                .contains("    livenessProbe:\n")
                .doesNotContain("readinessProbe");
    }

    private static PodSpec checked(HealthCheck.OnFailure reaction) {
        var check =
                new HealthCheck(
                        List.of("CMD", "wget", "-q", "localhost"),
                        Optional.of(Duration.ofSeconds(5)),
                        Optional.empty(),
                        Optional.of(Duration.ofSeconds(9)),
                        Optional.empty(),
                        reaction,
                        Optional.empty(),
                        HealthCheck.HealthLog.USUAL);
        return solo("web", 8080)
                .withContainers(container ->
                        container.withPolicy(
                                container.policy().withProbes(Probes.ofHealth(check))));
    }

    private static GenerateOptions options(String kind) {
        return GenerateOptions.DEFAULT.withKind(WorkloadKind.named(kind).orElseThrow());
    }

    private static Generated generate(List<PodSpec> pods, GenerateOptions options) {
        return KubeGenerator.generate(Inventory.ofPods(pods), options);
    }

    private static PodSpec pod(String name, RestartPolicy restart) {
        return pod(name, restart, List.of(container(name + "-main", "main", restart, 30)));
    }

    private static PodSpec pod(String name, RestartPolicy restart, List<ContainerSpec> containers) {
        return new PodSpec(
                Metadata.of(name),
                List.of(),
                containers,
                List.of(),
                PodNetwork.DEFAULT,
                PodSharing.POD,
                new PodPolicy(restart, Duration.ofSeconds(30), true),
                PodSecurity.DEFAULT);
    }

    private static ContainerSpec container(
            String name, String shortName, RestartPolicy restart, int grace) {
        return new ContainerSpec(
                Metadata.of(name),
                shortName,
                new ImageSource("localhost/hello:1", PullPolicy.MISSING),
                ProcessSpec.FROM_IMAGE,
                List.of(),
                Resources.UNLIMITED,
                Security.DEFAULT,
                new ContainerPolicy(
                        restart, 0, Optional.empty(), Duration.ofSeconds(grace), false));
    }

    private static PodSpec onNetworkOf(String other) {
        var made = solo("guest", 9000);
        var network =
                new PodNetwork(
                        new PodNetwork.OfContainer(other),
                        Optional.empty(),
                        List.of(),
                        PodNetwork.Dns.DEFAULT,
                        List.of());
        return made.withNetwork(network);
    }

    @Test
    void whoSharesTheNetworkOfAnotherHasItInTheirPod() {
        var generated =
                generate(List.of(onNetworkOf("my_web"), solo("my_web", 8080)), options("pod"));
        assertThat(generated.losses()).noneMatch(loss -> loss.contains("network"));
        assertThat(generated.text()).contains("hostPort: 8080");
        assertThat(generate(List.of(onNetworkOf("other")), options("pod")).losses())
                .anyMatch(loss -> loss.contains("the network of container 'other'"));
    }

    private static PodSpec solo(String name, int hostPort) {
        var made = container(name, name, RestartPolicy.NEVER, 10);
        var limited =
                new Resources(Resources.Amounts.NONE, Resources.Amounts.NONE, OptionalLong.of(100));
        var container =
                new ContainerSpec(
                        made.metadata(),
                        name,
                        made.image(),
                        made.process(),
                        List.of(),
                        limited,
                        made.security(),
                        made.policy());
        var port = new PortMapping(Optional.empty(), hostPort, 80, 1, PortMapping.Protocol.TCP);
        return new PodSpec(
                new Metadata("default", name, Map.of("tier", "front"), Map.of()),
                List.of(),
                List.of(container),
                List.of(),
                new PodNetwork(
                        new PodNetwork.Bridge(List.of()),
                        Optional.empty(),
                        List.of(port),
                        PodNetwork.Dns.DEFAULT,
                        List.of()),
                PodSharing.SOLO,
                new PodPolicy(RestartPolicy.NEVER, Duration.ofSeconds(10), false),
                PodSecurity.DEFAULT);
    }
}
