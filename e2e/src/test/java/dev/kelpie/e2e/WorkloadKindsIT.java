package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Objects that pods come from, other than Pods and Deployments.
@OnlyKelpie
class WorkloadKindsIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private static final String ALL =
            """
            apiVersion: apps/v1
            kind: StatefulSet
            metadata: {name: db}
            spec:
              replicas: 2
              serviceName: db
              selector: {matchLabels: {app: db}}
              template:
                metadata: {labels: {app: db}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                  - name: c
                    image: localhost/box:1
                    command: [sh, -c, 'hostname > /data/name; while true; do sleep 1; done']
                    volumeMounts: [{name: data, mountPath: /data}]
              volumeClaimTemplates:
              - metadata: {name: data}
                spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
            ---
            apiVersion: apps/v1
            kind: DaemonSet
            metadata: {name: agent}
            spec:
              selector: {matchLabels: {app: agent}}
              template:
                metadata: {labels: {app: agent}}
                spec:
                  terminationGracePeriodSeconds: 0
                  containers:
                  - {name: c, image: "localhost/box:1", command: [sleep, "1000"]}
            ---
            apiVersion: batch/v1
            kind: Job
            metadata: {name: count}
            spec:
              completions: 2
              completionMode: Indexed
              backoffLimit: 0
              template:
                spec:
                  restartPolicy: Never
                  containers:
                  - name: c
                    image: localhost/box:1
                    command: [sh, -c, 'exit $((JOB_COMPLETION_INDEX + 3))']
            """;

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void makePodsUnderTheirNamesAndTakeThemDown() {
        kelpie.play(ALL);
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Name}}").lines())
                .containsExactlyInAnyOrder(
                        "db-0", "db-1", "agent-pod", "count-pod-0", "count-pod-1");
        assertThat(kelpie.ok("exec", "db-1-c", "cat", "/data/name")).isEqualTo("db-1");
        assertThat(kelpie.ok("volume", "ls", "-q")).isEqualTo("data-db-0\ndata-db-1");
        assertThat(kelpie.ok("wait", "count-pod-0-c", "count-pod-1-c")).isEqualTo("3\n4");
        var file = Host.write(kelpie.directory().resolve("all.yaml"), ALL).toString();
        kelpie.ok("kube", "down", file);
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
        assertThat(kelpie.ok("volume", "ls", "-q")).isEqualTo("data-db-0\ndata-db-1");
        kelpie.ok("kube", "down", "--force", file);
        assertThat(kelpie.ok("volume", "ls", "-q")).isEmpty();
    }

    @Test
    void cronJobsRunByTheClockAlsoAfterTheServiceWasKilled() {
        var cron =
                """
                apiVersion: batch/v1
                kind: CronJob
                metadata: {name: tick}
                spec:
                  schedule: "@every 1s"
                  jobTemplate:
                    spec:
                      template:
                        spec:
                          restartPolicy: Never
                          containers:
                          - {name: c, image: "localhost/box:1", command: [echo, ticked]}
                """;
        var file = Host.write(kelpie.directory().resolve("cron.yaml"), cron).toString();
        assertThat(kelpie.ok("kube", "play", file)).isEqualTo("CronJobs:\ntick");
        kelpie.killService();
        Await.until(
                "a run to be over",
                () ->
                        kelpie.ok("pod", "ps", "--format", "{{.Name}} {{.Status}}")
                                .matches("(?s)tick-[0-9]{8}-pod Exited.*"));
        assertThat(kelpie.ok("kube", "logs", "tick")).contains("ticked");
        assertThat(kelpie.ok("kube", "cronjobs", "--format", "{{.Name}} {{.Active}}"))
                .startsWith("tick ");
        kelpie.ok("kube", "down", file);
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
        assertThat(kelpie.ok("kube", "cronjobs", "-q")).isEmpty();
    }
}
