package dev.kelpie.kubeplay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import java.util.List;
import org.junit.jupiter.api.Test;

class AutoMountsTest {
    private static PodSpec pod() {
        var text =
                """
                apiVersion: v1
                kind: Pod
                metadata:
                  name: p
                  annotations:
                    io.podman.annotations.kube.image.volumes.mount/c: one;two
                    io.podman.annotations.kube.image.volumes.mount/d: three
                    io.podman.annotations.volumes-from/d: c
                spec:
                  containers:
                    - {name: c, image: x, volumeMounts: [{name: automount-c-0, mountPath: /*}]}
                    - {name: d, image: x}
                  volumes: [{name: automount-c-0, emptyDir: {}}]
                """;
        return new KubeReader()
                .read(List.of(new Source("f", text)), PlayOptions.DEFAULT)
                .pods()
                .getFirst();
    }

    @Test
    void theirVolumesHaveNamesThatAreFree() {
        assertThat(pod().volumes())
                .extracting(Volume::name)
                .containsExactly(
                        "automount-c-0", "automount-c-0x", "automount-c-1", "automount-d-0");
    }

    @Test
    void oneIsInNoOthersWay() {
        var pod = pod();
        assertThat(mounted(pod, 0))
                .containsExactly("automount-c-0", "automount-c-1", "automount-c-0x");
        assertThat(pod.containers().getFirst().mounts())
                .extracting(VolumeMount::standsForAll)
                .containsExactly(false, true, true);
        assertThat(mounted(pod, 1))
                .containsExactly(
                        "automount-d-0", "automount-c-0", "automount-c-1", "automount-c-0x");
    }

    private static List<String> mounted(PodSpec pod, int container) {
        return pod.containers().get(container).mounts().stream().map(VolumeMount::volume).toList();
    }
}
