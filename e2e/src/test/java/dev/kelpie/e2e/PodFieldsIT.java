package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// What a pod's spec says of names, resolvers, ranks and the machine, seen from inside; and what of
/// a running pod changes in its place.
@OnlyKelpie
class PodFieldsIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    /// Every field of a spec that is honoured and that no other test of this package is about.
    private static final String MANIFEST =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: web, namespace: shop}
            spec:
              terminationGracePeriodSeconds: 0
              restartPolicy: Always
              hostname: desk
              subdomain: office
              setHostnameAsFQDN: true
              hostAliases: [{ip: 192.0.2.9, hostnames: [friend]}]
              dnsPolicy: None
              dnsConfig:
                nameservers: [192.0.2.53]
                searches: [example.org]
                options: [{name: ndots, value: "2"}, {name: edns0}]
              shareProcessNamespace: true
              enableServiceLinks: false
              os: {name: linux}
              serviceAccountName: robot
              automountServiceAccountToken: false
              priorityClassName: high
              nodeName: any
              schedulerName: default-scheduler
              nodeSelector: {kubernetes.io/os: linux, disk: ssd}
              tolerations: [{operator: Exists}]
              topologySpreadConstraints:
              - {maxSkew: 1, topologyKey: kubernetes.io/hostname, whenUnsatisfiable: DoNotSchedule}
              affinity:
                nodeAffinity:
                  requiredDuringSchedulingIgnoredDuringExecution:
                    nodeSelectorTerms:
                    - matchExpressions: [{key: kubernetes.io/os, operator: In, values: [linux]}]
              imagePullSecrets: [{name: registry}]
              overhead: {memory: 16Mi, cpu: 10m}
              resources: {limits: {memory: 100Mi, cpu: "1"}, requests: {memory: 50Mi, cpu: 500m}}
              securityContext: {runAsUser: 1000, runAsGroup: 100, fsGroup: 2000}
              containers:
              - name: c
                image: localhost/box:1
                imagePullPolicy: Never
                command: [sh, -c]
                args: ["while true; do sleep 1; done"]
                workingDir: /tmp
                tty: true
                stdin: true
                ports: [{containerPort: 80, name: http}]
                resources: {requests: {memory: 32Mi, cpu: 100m}, limits: {memory: 64Mi}}
                resizePolicy: [{resourceName: cpu, restartPolicy: NotRequired}]
                env: [{name: ACCOUNT, valueFrom: {fieldRef: {fieldPath: spec.serviceAccountName}}}]
                volumeMounts: [{name: scratch, mountPath: /scratch, readOnly: true,
                  recursiveReadOnly: IfPossible}]
              volumes: [{name: scratch, emptyDir: {medium: Memory, sizeLimit: 1Mi}}]
            """;

    private static final String OTHER =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: other}
            spec:
              terminationGracePeriodSeconds: 0
              dnsPolicy: Default
              hostnameOverride: other.example.org
              runtimeClassName: %s
              containers:
              - {name: c, image: "localhost/box:1", command: [sleep, "1000"]}
            """;

    private final Kelpie kelpie = ENGINE.kelpie();

    private String inside(String container, String shell) {
        return kelpie.ok("exec", container, "sh", "-c", shell);
    }

    private int rank(String container) throws IOException {
        var file = Path.of("/proc", pid(container), "oom_score_adj");
        return Integer.parseInt(Files.readString(file).strip());
    }

    @Test
    void seesNamesResolversAndRanks() throws IOException {
        kelpie.play(MANIFEST);
        assertThat(inside("web-c", "hostname")).isEqualTo("desk.office.shop.svc.cluster.local");
        assertThat(inside("web-c", "cat /etc/hosts"))
                .contains("desk.office.shop.svc.cluster.local desk web", "192.0.2.9\tfriend");
        assertThat(inside("web-c", "cat /etc/resolv.conf"))
                .isEqualTo("nameserver 192.0.2.53\nsearch example.org\noptions ndots:2 edns0");
        assertThat(inside("web-c", "echo $ACCOUNT; pwd; id -u; id -g"))
                .isEqualTo("robot\n/tmp\n1000\n100");
        assertThat(rank("web-c")).isBetween(3, 999);
        assertThat(inside("web-c", "mount | grep scratch")).contains("ro,");
        assertThat(inside("web-c", "ps")).contains("catatonit");
        var runtime = kelpie.ok("info", "--format", "{{.Host.OCIRuntime.Name}}");
        kelpie.play(OTHER.formatted(runtime.split("[- ]", 2)[0]));
        assertThat(inside("other-c", "hostname")).isEqualTo("other.example.org");
        assertThat(rank("other-c")).isEqualTo(1000);
        assertThat(
                        kelpie.playFails(
                                OTHER.replace("name: other", "name: third").formatted("gvisor")))
                .contains("there is no OCI runtime 'gvisor' here");
    }

    @Test
    void refusesWhatThisMachineCannotBe() {
        var windows = MANIFEST.replace("os: {name: linux}", "os: {name: windows}");
        assertThat(kelpie.playFails(windows)).contains("spec.os.name").contains("runs linux");
        var arch = MANIFEST.replace("disk: ssd", "kubernetes.io/arch: s390x");
        assertThat(kelpie.playFails(arch)).contains("nodeSelector").contains("this machine is");
        kelpie.play(arch, "--validate=ignore");
    }

    private static final String UPDATED =
            """
            apiVersion: v1
            kind: Pod
            metadata: {name: two}
            spec:
              terminationGracePeriodSeconds: 0
              containers:
              - name: a
                image: localhost/box:%s
                imagePullPolicy: Never
                command: [sleep, "1000"]
                resources: {limits: {memory: %s}}
              - name: b
                image: localhost/box:1
                command: [sleep, "1000"]
                resources: {limits: {memory: %s}}
                resizePolicy: [{resourceName: memory, restartPolicy: RestartContainer}]
            """;

    private String pid(String container) {
        return kelpie.ok("inspect", "--format", "{{.State.Pid}}", container);
    }

    @Test
    void changesARunningPodInItsPlace() {
        kelpie.play(UPDATED.formatted("1", "64Mi", "64Mi"));
        var pod = kelpie.ok("pod", "inspect", "--format", "{{.ID}}", "two");
        var a = pid("two-a");
        var b = pid("two-b");
        kelpie.play(UPDATED.formatted("1", "96Mi", "96Mi"));
        assertThat(pid("two-a")).isEqualTo(a);
        assertThat(pid("two-b")).isNotEqualTo(b);
        inside("two-a", "touch /mark");
        b = pid("two-b");
        kelpie.ok("tag", "localhost/box:1", "localhost/box:2");
        kelpie.play(UPDATED.formatted("2", "96Mi", "96Mi"));
        assertThat(pid("two-a")).isNotEqualTo(a);
        assertThat(pid("two-b")).isEqualTo(b);
        kelpie.fails(1, "exec", "two-a", "ls", "/mark");
        assertThat(kelpie.ok("pod", "inspect", "--format", "{{.ID}}", "two")).isEqualTo(pod);
        var absent = UPDATED.replace("localhost/box:%s", "localhost/absent:%s");
        assertThat(kelpie.playFails(absent.formatted("1", "96Mi", "96Mi"))).contains("absent");
        assertThat(pid("two-b")).isEqualTo(b);
        kelpie.ok("rmi", "localhost/box:2");
    }
}
