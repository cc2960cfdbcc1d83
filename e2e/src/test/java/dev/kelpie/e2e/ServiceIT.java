package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Services of plays: names, addresses and host ports that stand for the pods that are ready.
@OnlyKelpie
class ServiceIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private static final String SERVICES =
            """
            apiVersion: v1
            kind: Service
            metadata: {name: web}
            spec:
              selector: {app: web}
              ports: [{name: http, port: 80, targetPort: http}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: outside}
            spec:
              type: NodePort
              selector: {app: web}
              ports: [{port: 81, targetPort: 8080}]
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: loyal}
            spec:
              sessionAffinity: ClientIP
              selector: {app: web}
              ports:
              - {name: http, port: 80, targetPort: 8080}
              - {name: dns, port: 53, targetPort: 5399, protocol: UDP}
            ---
            apiVersion: v1
            kind: Service
            metadata: {name: peers}
            spec:
              clusterIP: None
              selector: {app: web}
            ---
            """;

    private static String manifest() {
        var serving = "mkdir /www; hostname > /www/index.html; exec httpd -f -p 8080 -h /www";
        var fields =
                """
                ports: [{name: http, containerPort: 8080}]
                readinessProbe:
                  exec: {command: [test, "!", -e, /tmp/no]}
                  periodSeconds: 1
                  failureThreshold: 1
                """;
        var template =
                Box.pod("web", Box.containerWith("web", serving, fields))
                        .replaceFirst("(?s)^.*?spec:\n", "")
                        .indent(4);
        return SERVICES
                + """
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: web}
                spec:
                  replicas: 2
                  selector: {matchLabels: {app: web}}
                  template:
                    metadata: {labels: {app: web}}
                    spec:
                """
                + template
                + "---\n"
                + Box.pod("client", Box.container("c", Box.staying()))
                + "---\n"
                + Box.pod("stranger", Box.container("c", Box.staying()))
                        .replace("  name: stranger\n", "  name: stranger\n  namespace: far\n");
    }

    private String ask(String url) {
        return kelpie.run("exec", "client-c", "wget", "-qO-", url).stdout().strip();
    }

    /// Datagrams for a port of theirs at which nobody listens, as the pods' kernels count them.
    private long knocks() {
        return Stream.of("web-pod-0-web", "web-pod-1-web")
                .map(name -> kelpie.ok("exec", name, "busybox", "grep", "^Udp:", "/proc/net/snmp"))
                .mapToLong(text -> Long.parseLong(text.lines().toList().get(1).split(" ", -1)[2]))
                .sum();
    }

    private void awaitPods(String pods) {
        Await.until(
                "the ready pods to be '" + pods + "'",
                () ->
                        kelpie.ok("kube", "services", "--format", "{{.Pods}}")
                                .lines()
                                .allMatch(pods::equals));
    }

    private String hostPort() {
        return kelpie.ok("kube", "services", "--filter", "name=outside", "--format", "{{.Ports}}")
                .replaceFirst("(?s)^81:(\\d+)/TCP.*", "$1");
    }

    private static boolean answers(String port) {
        return Host.run("busybox", "wget", "-qO-", "http://127.0.0.1:" + port)
                .stdout()
                .startsWith("web-pod-");
    }

    private void assertNamesAreOfTheirNamespace() {
        assertThat(ask("http://web")).startsWith("web-pod-");
        assertThat(kelpie.run("exec", "stranger-c", "nslookup", "web").exitCode()).isEqualTo(1);
        assertThat(kelpie.ok("exec", "stranger-c", "wget", "-qO-", "http://web.default"))
                .startsWith("web-pod-");
    }

    private void assertEachClientHasItsPodAndDatagramsArrive() {
        assertThat(
                        kelpie.ok(
                                        "exec",
                                        "client-c",
                                        "sh",
                                        "-c",
                                        "for i in 1 2 3 4 5 6 7 8; do wget -qO- http://loyal; done")
                                .lines()
                                .distinct())
                .hasSize(1);
        var before = knocks();
        kelpie.run(
                "exec",
                "client-c",
                "sh",
                "-c",
                "busybox nslookup example.invalid $LOYAL_SERVICE_HOST");
        assertThat(knocks()).isGreaterThan(before);
    }

    @Test
    void standForThePodsThatAreReady() {
        var manifest = manifest();
        assertThat(kelpie.play(manifest))
                .startsWith("Services:\nweb\noutside\nloyal\npeers\nPod:\n");
        awaitPods("web-pod-0,web-pod-1");
        assertThat(ask("http://web.default.svc.cluster.local")).startsWith("web-pod-");
        assertThat(kelpie.ok("exec", "client-c", "sh", "-c", "echo $WEB_SERVICE_PORT_HTTP"))
                .isEqualTo("80");
        assertThat(kelpie.ok("exec", "client-c", "nslookup", "peers").lines())
                .filteredOn(line -> line.startsWith("Address") && !line.contains(":53"))
                .hasSize(2);
        assertNamesAreOfTheirNamespace();
        assertEachClientHasItsPodAndDatagramsArrive();
        var port = hostPort();
        Await.until("an answer at port " + port, () -> answers(port));

        kelpie.ok("exec", "web-pod-0-web", "busybox", "touch", "/tmp/no");
        awaitPods("web-pod-1");
        Await.until("answers of one pod only", () -> ask("http://web").equals("web-pod-1"));
        assertThat(
                        kelpie.ok(
                                "events",
                                "--stream=false",
                                "--filter",
                                "container=web-pod-0-web",
                                "--format",
                                "{{.Status}}"))
                .contains("health_status", "exec_died");
        kelpie.killService();
        assertThat(ask("http://web")).isEqualTo("web-pod-1");
        assertThat(kelpie.play(manifest)).contains("Services:");
        assertThat(hostPort()).isEqualTo(port);

        kelpie.ok("exec", "web-pod-1-web", "busybox", "touch", "/tmp/no");
        awaitPods("");
        Await.until("a refusal", () -> ask("http://web").isEmpty());
        assertThat(kelpie.runWithInput(manifest, "kube", "down", "-").exitCode()).isZero();
        assertThat(kelpie.ok("kube", "services", "-q")).isEmpty();
    }

    @Test
    void gatesHoldAPodBackUntilItIsPlayedWithoutThem() {
        var free = Box.pod("held", Box.container("c", Box.staying()));
        var gated =
                Box.podWith(
                        "held",
                        "schedulingGates: [{name: example.com/wait}]\n",
                        Box.container("c", Box.staying()));
        kelpie.play(gated);
        assertThat(kelpie.ok("why", "held")).contains("Pending", "SchedulingGated");
        assertThat(kelpie.fails(125, "pod", "start", "held")).contains("example.com/wait");
        kelpie.play(free);
        assertThat(kelpie.inspect("held-c").at("/State/Running").asBoolean()).isTrue();
        assertThat(
                        kelpie.ok(
                                "debug",
                                "held",
                                "--image",
                                Box.IMAGE,
                                "--target",
                                "c",
                                "--attach",
                                "--",
                                "sh",
                                "-c",
                                "cat /proc/1/cmdline"))
                .contains("trap");
        assertThat(kelpie.ok("container", "prune", "--force").lines()).hasSize(1);
        assertThat(kelpie.ok("pod", "prune", "--force")).isEmpty();
    }
}
