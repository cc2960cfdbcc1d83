package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Flags of `run` beyond the everyday ones do what they say.
class RunFlagsIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @Test
    void tunesWhatTheKernelIsTold() {
        assumeTrue(Host.isRoot(), "crun gives a user no device under another name");
        var said =
                kelpie.ok(
                        "run",
                        "--rm",
                        "--ulimit=nofile=100:200",
                        "--device=/dev/null:/dev/zilch",
                        "--oom-score-adj=500",
                        "--shm-size=8m",
                        "--init",
                        "--log-driver=none",
                        Box.IMAGE,
                        "sh",
                        "-c",
                        "ulimit -n; ulimit -Hn; test -c /dev/zilch && echo device;"
                                + " cat /proc/self/oom_score_adj; grep /dev/shm /proc/mounts;"
                                + " cat /proc/1/cmdline");
        assertThat(said).contains("100\n200\ndevice\n500\n", "size=8192k", "podman-init");
    }

    @Test
    void takesOverTheMountsOfAnotherContainer() {
        kelpie.ok("create", "--name=one", "-v", "rf-data:/data", "-v", "/etc:/host:ro", Box.IMAGE);
        var mounts =
                kelpie.ok("run", "--rm", "--volumes-from=one:ro", Box.IMAGE, "cat", "/proc/mounts");
        assertThat(mounts).containsPattern(" /data \\S+ ro").containsPattern(" /host \\S+ ro");
        kelpie.ok("rm", "one");
        kelpie.ok("volume", "rm", "rf-data");
    }

    @Test
    void endsWhatRunsTooLongAndRefusesByName() {
        assertThat(kelpie.run("run", "--rm", "--timeout=1", Box.IMAGE, "sleep", "100").exitCode())
                .isNotZero();
        assertThat(kelpie.fails(125, "run", "--systemd=always", Box.IMAGE)).contains("--systemd");
        assertThat(kelpie.fails(125, "run", "--tz=Nowhere", Box.IMAGE)).contains("\"Nowhere\"");
        assertThat(kelpie.fails(125, "run", "--cgroups=disabled", Box.IMAGE)).contains("--cgroups");
    }
}
