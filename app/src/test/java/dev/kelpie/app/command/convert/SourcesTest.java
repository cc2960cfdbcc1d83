package dev.kelpie.app.command.convert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SourcesTest {
    @Test
    void tellsOfWhatIsNoPod() {
        var text =
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: web}
                spec:
                  nodeSelector: {disk: fast}
                  containers: [{name: web, image: "web:1", volumeMounts: [{name: d, mountPath: /d}]}]
                  volumes: [{name: d, persistentVolumeClaim: {claimName: data}}]
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: front}
                spec: {selector: {app: web}, ports: [{port: 80}]}
                ---
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata: {name: data}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 5Gi}}}
                ---
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: night}
                spec:
                  schedule: "0 3 * * *"
                  jobTemplate:
                    spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: "job:1"}]}}}
                """;
        var read = Sources.kube(Map.of("a.yaml", text));
        assertThat(read.pods()).hasSize(1);
        assertThat(read.losses())
                .containsExactly(
                        "service 'front': all of it",
                        "cronjob 'night': all of it",
                        "claim 'data': its size and class",
                        "a.yaml:5:18: spec.nodeSelector.disk 'fast': no effect on one machine:"
                                + " there is one node");
    }
}
