package dev.kelpie.kubegenerate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.spec.ContainerPolicy;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.Metadata;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodPolicy;
import dev.kelpie.engine.spec.PodSecurity;
import dev.kelpie.engine.spec.PodSharing;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.ProcessSpec;
import dev.kelpie.engine.spec.PullPolicy;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.RestartPolicy;
import dev.kelpie.engine.spec.Security;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class DeclaredMountsTest {
    private static final String KEY = "io.podman.annotations.kube.image.volumes.mount/web";
    private static final ImageSource IMAGE = new ImageSource("localhost/x:1", PullPolicy.NEVER);

    @Test
    void theirAnnotationSaysThemWherePodmanIsMeant() {
        var options = new GenerateOptions(WorkloadKind.POD, 1, Optional.empty(), true, "");
        var generated = KubeGenerator.generate(Inventory.ofPods(List.of(pod())), options);
        assertThat(generated.text())
                .contains(KEY, "localhost/x:1", "name: data")
                .doesNotContain("/*", "automount");
        assertThat(generated.losses()).isEmpty();
    }

    @Test
    void whereNothingSaysThemTheyAreLost() {
        var losses = new Losses();
        var left = DeclaredMounts.left(pod(), Map.of(), losses);
        assertThat(left.volumes()).extracting(Volume::name).containsExactly("data");
        assertThat(left.containers().getFirst().mounts())
                .extracting(VolumeMount::mountPath)
                .containsExactly("/data");
        assertThat(losses.lines())
                .containsExactly("container 'p-web': the volumes that other images declare");
    }

    private static PodSpec pod() {
        var data =
                new VolumeMount(
                        "data",
                        "/data",
                        Optional.empty(),
                        false,
                        VolumeMount.Propagation.RPRIVATE,
                        false);
        var container =
                new ContainerSpec(
                        Metadata.of("p-web"),
                        "web",
                        new ImageSource("localhost/y:1", PullPolicy.MISSING),
                        ProcessSpec.FROM_IMAGE,
                        List.of(data, VolumeMount.declared("automount-web-0")),
                        Resources.UNLIMITED,
                        Security.DEFAULT,
                        new ContainerPolicy(
                                RestartPolicy.ALWAYS,
                                0,
                                Optional.empty(),
                                Duration.ofSeconds(30),
                                false));
        return new PodSpec(
                new Metadata("default", "p", Map.of(), Map.of(KEY, "localhost/x:1")),
                List.of(),
                List.of(container),
                List.of(
                        new Volume(
                                "data", new Volume.EmptyDir(false, java.util.OptionalLong.empty())),
                        new Volume("automount-web-0", new Volume.Image(IMAGE))),
                PodNetwork.DEFAULT,
                PodSharing.POD,
                new PodPolicy(RestartPolicy.ALWAYS, Duration.ofSeconds(30), true),
                PodSecurity.DEFAULT);
    }
}
