package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Limits, volumes and the process of a container in a manifest.
class ResourcesIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void memoryLimitEndsAGreedyContainer() {
        assumeTrue(kelpie.holdsLimits(), "this user has no control group");
        kelpie.play(
                Box.podWith(
                        "greedy",
                        "restartPolicy: Never\n",
                        Box.containerWith(
                                "c",
                                "exec busybox tail /dev/zero",
                                "resources: {limits: {memory: 16Mi}}\n")));
        kelpie.awaitState("greedy-c", "exited");
        assertThat(kelpie.inspect("greedy-c").at("/State/ExitCode").asInt()).isEqualTo(137);
        assertThat(kelpie.inspect("greedy-c").at("/State/OOMKilled").asBoolean()).isTrue();
    }

    @Test
    void limitsAreShownByInspect() {
        var limits = "resources: {limits: {memory: 64Mi, cpu: 250m}}\n";
        kelpie.play(Box.pod("limited", Box.containerWith("c", Box.staying(), limits)));
        var host = kelpie.inspect("limited-c").at("/HostConfig");
        assertThat(host.at("/Memory").asLong()).isEqualTo(64L << 20);
        assertThat(host.at("/CpuQuota").asLong() * 4).isEqualTo(host.at("/CpuPeriod").asLong());
    }

    @Test
    void limitsOfARunningContainerChange() {
        kelpie.ok("run", "-d", "--name=grows", "--memory=64m", Box.IMAGE, "sleep", "1000");
        boolean limited = memory("grows").contains("67108864");
        kelpie.ok("update", "--memory=96m", "--cpus=0.5", "--restart=always", "grows");
        assertThat(memory("grows").contains("100663296")).isEqualTo(limited);
        var host = kelpie.inspect("grows").at("/HostConfig");
        assertThat(host.at("/Memory").asLong()).isEqualTo(96L << 20);
        assertThat(host.at("/RestartPolicy/Name").asText()).isEqualTo("always");
        assertThat(kelpie.run("update", "--ulimit=nofile=5", "grows").exitCode()).isEqualTo(125);
    }

    /// What the kernel grants, as either hierarchy says it.
    private String memory(String container) {
        var files = "/sys/fs/cgroup/memory.max /sys/fs/cgroup/memory/memory.limit_in_bytes";
        return kelpie.run("exec", container, "sh", "-c", "cat " + files).stdout();
    }

    @Test
    void emptyDirIsSharedAndGoesWithThePod() {
        // computed in the container, so that the stored spec does not hold it too
        var mount = "volumeMounts: [{name: v, mountPath: /v}]\n";
        var yaml =
                Box.podWith(
                        "sharing",
                        "volumes: [{name: v, emptyDir: {}}]\n",
                        Box.containerWith(
                                "w", "echo token-$((8390+1)) > /v/f; " + Box.staying(), mount),
                        Box.containerWith("r", Box.staying(), mount));
        kelpie.play(yaml);
        Await.until(
                "the file", () -> kelpie.run("exec", "sharing-r", "cat", "/v/f").exitCode() == 0);
        assertThat(kelpie.ok("exec", "sharing-r", "cat", "/v/f")).isEqualTo("token-8391");
        kelpie.ok("kube", "down", kelpie.manifest(yaml).toString());
        assertThat(Host.run("grep", "-rl", "token-8391", kelpie.root().toString()).stdout())
                .isEmpty();
    }

    @Test
    void readOnlyMountsCannotBeWritten() {
        var fields = "volumeMounts: [{name: v, mountPath: /v, readOnly: true}]\n";
        kelpie.play(
                Box.podWith(
                        "ro",
                        "volumes: [{name: v, emptyDir: {}}]\n",
                        Box.containerWith("c", Box.staying(), fields)));
        assertThat(kelpie.run("exec", "ro-c", "touch", "/v/x").exitCode()).isEqualTo(1);
    }

    @Test
    void hostPathChecksItsType() {
        var missing = kelpie.directory().resolve("missing");
        assertThat(kelpie.playFails(hostPath(missing.toString(), "Directory")))
                .contains(missing.toString());
        assertThat(kelpie.ok("pod", "ps", "-q")).isEmpty();
        kelpie.play(hostPath(missing.toString(), "DirectoryOrCreate"));
        assertThat(Files.isDirectory(missing)).isTrue();
        kelpie.awaitState("host-c", "running");
        kelpie.ok("exec", "host-c", "touch", "/h/made");
        assertThat(missing.resolve("made")).exists();
    }

    private static String hostPath(String path, String type) {
        return Box.podWith(
                "host",
                "volumes: [{name: h, hostPath: {path: " + path + ", type: " + type + "}}]\n",
                Box.containerWith(
                        "c", Box.staying(), "volumeMounts: [{name: h, mountPath: /h}]\n"));
    }

    @Test
    void containersOfAPodShareWhatPodsShare() {
        kelpie.play(
                Box.pod(
                        "pair",
                        Box.container("a", Box.staying()),
                        Box.container("b", Box.staying())));
        for (var namespace : new String[] {"net", "ipc", "uts"}) {
            assertThat(namespace("pair-a", namespace)).isEqualTo(namespace("pair-b", namespace));
        }
        for (var namespace : new String[] {"pid", "mnt"}) {
            assertThat(namespace("pair-a", namespace)).isNotEqualTo(namespace("pair-b", namespace));
        }
    }

    private String namespace(String container, String kind) {
        return Host.run("readlink", "/proc/" + kelpie.pid(container) + "/ns/" + kind).text();
    }

    @Test
    void commandAndArgsTakeThePlaceOfEntrypointAndCmd() {
        kelpie.play(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: words}
                spec:
                  restartPolicy: Never
                  containers:
                  - {name: both, image: 'localhost/box:1', command: [echo, c], args: ['$(X)', '$$(X)'], env: [{name: X, value: '7'}]}
                  - {name: only-args, image: 'localhost/box:1', args: [echo, just args]}
                """);
        kelpie.awaitState("words-both", "exited");
        kelpie.awaitState("words-only-args", "exited");
        assertThat(kelpie.log("words-both")).isEqualTo("c 7 $(X)");
        assertThat(kelpie.log("words-only-args")).isEqualTo("just args");
    }
}
