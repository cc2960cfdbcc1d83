package dev.kelpie.kubeplay;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Empty text where a cluster's API takes what is usual, or wants a value.
class EmptyTextTest {
    private static void read(String text) {
        new KubeReader().read(List.of(new Source("f", text)), PlayOptions.DEFAULT);
    }

    private static void refuses(String text, String... complaints) {
        assertThatThrownBy(() -> read(text))
                .isInstanceOf(ManifestException.class)
                .hasMessageContainingAll(complaints);
    }

    @Test
    void aJobsPodsMayNotBeStartedAlways() {
        refuses(
                """
                apiVersion: batch/v1
                kind: Job
                metadata: {name: j}
                spec:
                  template:
                    spec: {restartPolicy: "", containers: [{name: c, image: x}]}
                """,
                "must be OnFailure or Never in a Job, was Always");
    }

    @Test
    void aServiceOfNoTypeIsOfTheClusterOnly() {
        refuses(
                """
                apiVersion: v1
                kind: Service
                metadata: {name: s}
                spec: {type: "", selector: {a: b}, ports: [{port: 80, nodePort: 30080}]}
                """,
                "may not be used when type is ClusterIP");
    }

    @Test
    void aValueThatIsNeededIsMissing() {
        refuses(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: p}
                spec:
                  os: {name: ""}
                  containers:
                    - name: c
                      image: x
                      resizePolicy: [{resourceName: "", restartPolicy: ""}]
                """,
                "spec.os.name: required, but missing",
                "resizePolicy[0].resourceName: required, but missing",
                "resizePolicy[0].restartPolicy: required, but missing");
    }

    @Test
    void aVolumeOfAnotherMachineSaysWhere() {
        refuses(
                """
                apiVersion: v1
                kind: PersistentVolume
                metadata: {name: v}
                spec: {nfs: {}, accessModes: [ReadWriteOnce], capacity: {storage: 1Gi}}
                """,
                "spec.nfs.server: required, but missing",
                "spec.nfs.path: required, but missing");
    }
}
