package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// How pods begin and end: init containers, sidecars, hooks, deadlines, and what is said of it.
@OnlyKelpie
class LifecycleIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private static final String SHARED = "volumeMounts: [{name: w, mountPath: /w}]\n";

    private static String pod(String name, String init, String... containers) {
        return Box.podWith(
                name,
                "volumes: [{name: w, emptyDir: {}}]\ninitContainers:\n" + init.stripIndent(),
                containers);
    }

    private static String reason(Kelpie kelpie, String container) {
        return kelpie.inspect(container).at("/State/Reason").asText();
    }

    @Test
    void initContainersAndSidecarsComeBeforeAndGoAfterTheOthers() {
        var retried =
                Box.containerWith(
                        "retried",
                        "echo try >> /w/log; test -e /w/tried || { touch /w/tried; exit 3; }",
                        SHARED);
        var side =
                Box.containerWith(
                        "side",
                        "trap 'echo side ends >> /w/log; exit 0' TERM; sleep 1; touch /w/up;"
                                + " echo side up >> /w/log; while :; do sleep 0.1; done",
                        SHARED
                                + "restartPolicy: Always\n"
                                + "startupProbe: {exec: {command: [test, -e, /w/up]},"
                                + " periodSeconds: 1, failureThreshold: 60}\n");
        var app =
                Box.containerWith(
                        "app",
                        "echo app >> /w/log; trap 'echo app ends >> /w/log; exit 0' TERM;"
                                + " while :; do sleep 0.1; done",
                        SHARED
                                + "lifecycle:\n"
                                + "  postStart: {exec: {command: [sh, -c, echo hook >> /w/log]}}\n"
                                + "  preStop: {exec: {command: [sh, -c, echo stopping >> /w/log]}}\n");
        var last = Box.containerWith("last", "echo last >> /w/log; sleep 1000", SHARED);
        kelpie.play(pod("order", retried + side, app, last));
        kelpie.awaitState("order-last", "running");
        Await.until("the last", () -> log().contains("last"));
        assertThat(log()).startsWith("try\ntry\nside up\n").contains("hook\nlast");
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Phase}}")).isEqualTo("Running");
        var volume = kelpie.inspect("order-app").at("/Mounts/0/Source").asText();
        kelpie.ok("pod", "stop", "order");
        assertThat(Host.read(java.nio.file.Path.of(volume, "log")))
                .endsWith("stopping\napp ends\nside ends\n");
    }

    private String log() {
        return kelpie.ok("exec", "order-side", "cat", "/w/log");
    }

    @Test
    void anInitContainerThatFailsAgainWaitsAndThePlayReturns() {
        var init = Box.container("broken", "echo no luck; exit 7");
        kelpie.play(pod("stuck", init, Box.container("app", Box.staying())));
        Await.until(
                () -> "the back-off: " + kelpie.inspect("stuck-broken"),
                () -> reason(kelpie, "stuck-broken").equals("CrashLoopBackOff"));
        assertThat(reason(kelpie, "stuck-app")).isEqualTo("PodInitializing");
        assertThat(kelpie.ok("pod", "ps", "--format", "{{.Phase}}")).isEqualTo("Pending");
        assertThat(kelpie.inspect("stuck-broken").at("/State/LastRuns/0/LogTail").asText())
                .isEqualTo("no luck\n");
        var restarts = kelpie.inspect("stuck-broken").at("/RestartCount").asInt();
        kelpie.killService();
        assertThat(reason(kelpie, "stuck-broken")).isEqualTo("CrashLoopBackOff");
        assertThat(kelpie.inspect("stuck-broken").at("/RestartCount").asInt()).isEqualTo(restarts);
        kelpie.ok("pod", "stop", "stuck");
    }

    @Test
    void aContainerThatCannotStartAgainSaysWhy() {
        var secret =
                "apiVersion: v1\nkind: Secret\nmetadata: {name: gone}\nstringData: {w: x}\n---\n";
        var variable = "env: [{name: W, valueFrom: {secretKeyRef: {name: gone, key: w}}}]\n";
        kelpie.play(
                secret
                        + Box.pod(
                                "lost",
                                Box.container("program", "busybox rm /bin/sh; exit 1"),
                                Box.containerWith(
                                        "word",
                                        "until test -e /tmp/go; do sleep 0.1; done; exit 1",
                                        variable)));
        kelpie.ok("secret", "rm", "gone");
        kelpie.ok("exec", "lost-word", "touch", "/tmp/go");
        Await.until(
                () -> "a missing program: " + kelpie.inspect("lost-program").at("/State"),
                () -> reason(kelpie, "lost-program").equals("RunContainerError"));
        Await.until(
                () -> "a missing secret: " + kelpie.inspect("lost-word").at("/State"),
                () -> reason(kelpie, "lost-word").equals("CreateContainerConfigError"));
        assertThat(kelpie.ok("why", "lost"))
                .contains("StartError", "RunContainerError", "CreateContainerConfigError", "gone");
        kelpie.ok("pod", "rm", "--force", "--time", "0", "lost");
    }

    @Test
    void jobsEndWithTheirContainersAndSayWhy() {
        var side =
                Box.containerWith(
                        "side",
                        "trap 'exit 0' TERM; while :; do sleep 0.1; done",
                        "restartPolicy: Always\n");
        var policy = "restartPolicy: Never\ninitContainers:\n" + side;
        kelpie.play(
                Box.podWith(
                        "job",
                        policy,
                        Box.container("good", "echo all done > /dev/termination-log"),
                        Box.containerWith(
                                "bad",
                                "echo it broke; exit 4",
                                "terminationMessagePolicy: FallbackToLogsOnError\n")));
        kelpie.awaitState("job-side", "exited");
        Await.until(
                "the end", () -> kelpie.ok("pod", "ps", "--format", "{{.Phase}}").equals("Failed"));
        assertThat(kelpie.inspect("job-good").at("/State/Message").asText().strip())
                .isEqualTo("all done");
        assertThat(kelpie.inspect("job-good").at("/State/Reason").asText()).isEqualTo("Completed");
        assertThat(kelpie.inspect("job-bad").at("/State/Reason").asText()).isEqualTo("Error");
        assertThat(kelpie.inspect("job-bad").at("/State/Message").asText().strip())
                .isEqualTo("it broke");
    }

    @Test
    void aPodPastItsDeadlineHasFailed() {
        kelpie.play(
                Box.podWith(
                        "late", "activeDeadlineSeconds: 2\n", Box.container("c", Box.staying())));
        kelpie.killService();
        Await.until(
                "the deadline",
                () ->
                        kelpie.json("pod", "inspect", "late")
                                .at("/0/Reason")
                                .asText()
                                .equals("DeadlineExceeded"));
        kelpie.awaitState("late-c", "exited");
    }

    @Test
    void aHookThatNeverReturnsEndsWithItsPod() {
        var hook = "lifecycle: {postStart: {exec: {command: [sleep, \"1000\"]}}}\n";
        var pod =
                Box.pod(
                        "hook",
                        Box.container("before", Box.staying()),
                        Box.containerWith("stuck", Box.staying(), hook),
                        Box.container("after", Box.staying()));
        try (var playing = kelpie.start("kube", "play", kelpie.manifest(pod).toString())) {
            Await.until(
                    "the container with the hook",
                    () -> kelpie.ok("ps", "--format", "{{.Names}}").contains("hook-stuck"));
            assertThat(kelpie.ok("exec", "hook-before", "echo", "here")).isEqualTo("here");
            assertThat(kelpie.state("hook-after")).isEqualTo("created");
            kelpie.ok("pod", "stop", "-t", "0", "hook");
            assertThat(playing.await().expect(125).stderr())
                    .contains("told to stop while its postStart hook ran");
        }
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
    }

    @Test
    void bootBringsBackWhatShouldRun() {
        kelpie.play(Box.pod("back", Box.container("c", Box.staying())));
        kelpie.play(
                Box.podWith("gone", "restartPolicy: Never\n", Box.container("c", Box.staying())));
        var pids = java.util.List.of(kelpie.pid("back-c"), kelpie.pid("gone-c"));
        kelpie.killService();
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
        Await.until("what should run", () -> kelpie.ok("system", "boot").equals("back-c"));
        assertThat(kelpie.state("back-c")).isEqualTo("running");
        assertThat(kelpie.state("gone-c")).isEqualTo("exited");
        assertThat(kelpie.ok("system", "boot", "--unit")).contains("ExecStart=", "system boot");
        kelpie.ok("system", "boot", "--halt");
        assertThat(kelpie.state("back-c")).isEqualTo("exited");
        kelpie.stopService();
        Await.until("it to be back", () -> kelpie.ok("system", "boot").equals("back-c"));
    }
}
