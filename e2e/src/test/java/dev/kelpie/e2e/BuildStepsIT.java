package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `RUN`, stages, the cache and what a build leaves behind.
@OnlyKelpie
class BuildStepsIT {
    private static final String STEPS =
            """
            FROM localhost/box:1 AS build
            ARG WHO=world
            WORKDIR /work
            RUN <<EOF
            echo "hello $WHO" > out
            /bin/busybox ln out hard
            /bin/busybox chmod 4755 out
            /bin/busybox rm -rf /tmp /etc/group
            mkdir /tmp
            EOF
            RUN grep -q 'Seccomp:.*2' /proc/self/status && ! touch /proc/sys/kernel/x
            RUN --network=none test $(ls /sys/class/net | /bin/busybox wc -l) = 1
            RUN test -e /sys/class/net/eth0 && grep -q nameserver /etc/resolv.conf
            RUN --mount=type=bind,target=/ctx test -f /ctx/data/one && ! test -e /ctx/hidden
            RUN --mount=type=secret,id=token cat /run/secrets/token | /bin/busybox wc -c > size
            RUN --mount=type=cache,target=/c echo x >> /c/log
            RUN --mount=type=cache,target=/c cat /c/log > cached
            USER mate
            RUN id -u > /tmp/uid 2>/dev/null || id -u
            FROM localhost/box:1 AS never
            RUN false
            FROM localhost/box:1
            RUN /bin/busybox mkfifo /pipe
            COPY --from=build /work /work
            COPY --from=build --chown=mate /work/size /size
            COPY --chmod=755 <<EOF /script
            #!/bin/sh
            ls -ln /pipe /size /work; cat /work/out /work/cached /size; ls /
            EOF
            CMD ["/script"]
            """;

    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    private Path context(String name, String containerfile) {
        var context = kelpie.directory().resolve(name);
        Host.write(context.resolve("Containerfile"), containerfile);
        Host.write(context.resolve("data/one"), "1");
        Host.write(context.resolve("hidden"), "h");
        Host.write(context.resolve(".containerignore"), "hidden\n");
        return context;
    }

    @Test
    void noCacheDoesEveryStepAnew() {
        var context =
                context(
                                "anew",
                                """
                                FROM localhost/box:1 AS pipes
                                RUN cat /proc/sys/kernel/random/uuid > /drawn && /bin/busybox mkfifo /pipe
                                FROM localhost/box:1
                                COPY --from=pipes /drawn /pipe /got/
                                CMD test -p /got/pipe && cat /got/drawn
                                """)
                        .toString();
        var first = kelpie.ok("build", "-q", "-t", "anew", context);
        assertThat(kelpie.ok("run", "--rm", "anew")).hasSize(36);
        assertThat(kelpie.ok("build", "-q", "-t", "anew", context)).isEqualTo(first);
        assertThat(kelpie.ok("build", "-q", "--no-cache", "-t", "anew", context))
                .isNotEqualTo(first);
        assertThat(kelpie.ok("system", "df")).contains("Build Cache");
        assertThat(kelpie.ok("builder", "prune", "-f", "--keep-storage", "0"))
                .doesNotContain("Removed 0 ");
    }

    @Test
    void stepsRunConfinedAndBecomeLayersAsTheyAre() {
        var context = context("steps", STEPS);
        var token = Host.write(kelpie.directory().resolve("token"), "secret-token").toString();
        var said =
                kelpie.ok(
                        "build",
                        "-t",
                        "steps",
                        "--secret",
                        "id=token,src=" + token,
                        context.toString());
        assertThat(said).doesNotContain("secret-token").contains("STEP", "1000");
        var seen = kelpie.ok("run", "--rm", "localhost/steps");
        assertThat(seen).contains("hello world\nx\n12\n", "-rwsr-xr-x", "prw-r--r--", " 1000 ");
        assertThat(seen).doesNotContain("ctx").doesNotContain("\nc\n");
    }

    @Test
    void stepsHaveTheRightsThatTheBuildSays() {
        var context =
                context(
                                "rights",
                                """
                                FROM localhost/box:1
                                RUN grep -q '^Groups:.*77' /proc/self/status && test $(ulimit -n) = 99
                                RUN echo > /f && ! /bin/busybox chown 5 /f
                                RUN test $((0x$(/bin/busybox sed -n 's/^CapEff:.//p' /proc/self/status) >> 25 & 1)) = 1
                                """)
                        .toString();
        kelpie.ok(
                "build",
                "--group-add=77",
                "--ulimit=nofile=99:99",
                "--cap-drop=chown",
                "--cap-add=CAP_SYS_TIME",
                "--isolation=oci",
                context);
        var refused = kelpie.run("build", "--security-opt=label=disable", context);
        assertThat(refused.exitCode()).isEqualTo(125);
        assertThat(refused.stderr()).contains("not supported for a build", "label=disable");
    }

    @Test
    void aStepIsDoneOnceAndThePlaceOfAMistakeIsNamed() {
        var context = context("once", "FROM localhost/box:1\nRUN cat /proc/uptime > /up\n");
        kelpie.ok("build", "-t", "once:1", context.toString());
        var first = kelpie.ok("run", "--rm", "localhost/once:1", "cat", "/up");
        Host.write(
                context.resolve("Containerfile"),
                "FROM localhost/box:1\nRUN cat /proc/uptime > /up\nRUN echo said; exit 7\n");
        var failed = kelpie.run("build", "-t", "once:2", context.toString());
        assertThat(failed.exitCode()).isEqualTo(7);
        assertThat(failed.stdout()).contains("Using cache", "said");
        assertThat(failed.stderr()).contains("Containerfile:3: RUN exited with 7");
        kelpie.stopService();
        var same = "FROM localhost/box:1\nRUN cat /proc/uptime > /up\nENV A=b\n";
        kelpie.runWithInput(same, "build", "-t", "once:3", "-f", "-", context.toString()).expect(0);
        assertThat(kelpie.ok("run", "--rm", "localhost/once:3", "cat", "/up")).isEqualTo(first);
    }

    @Test
    void anInterruptedBuildLeavesNothing() {
        var context = context("long", "FROM localhost/box:1\nRUN echo begun; sleep 4711\n");
        try (var build = kelpie.start("build", "-t", "long", context.toString())) {
            build.awaitOutput("begun");
            Await.until("the step", () -> sleepers() > 0);
            build.signal("INT");
            assertThat(build.await().exitCode()).isEqualTo(130);
        }
        Await.until("the end of the step", () -> sleepers() == 0);
        assertThat(kelpie.run("image", "exists", "localhost/long").exitCode()).isEqualTo(1);
        Await.until("an empty folder", () -> isEmpty(kelpie.root().resolve("builds")));
        assertThat(isEmpty(kelpie.runroot().resolve("pods"))).isTrue();
    }

    /// Read from /proc, since of other users' processes the JDK tells nothing.
    private static long sleepers() {
        return ProcessHandle.allProcesses()
                .map(process -> Path.of("/proc", Long.toString(process.pid()), "cmdline"))
                .map(BuildStepsIT::words)
                .filter(words -> words.contains("sleep 4711") && !words.contains("kelpie"))
                .count();
    }

    private static String words(Path cmdline) {
        try {
            return Files.readString(cmdline).replace('\0', ' ');
        } catch (java.io.IOException e) {
            return "";
        }
    }

    private static boolean isEmpty(Path directory) {
        try (var entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
