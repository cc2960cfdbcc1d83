package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
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
    void givesMemoryTheOptionsThatItIsAskedFor() {
        var plain = memory("--tmpfs", "/x");
        assertThat(plain).contains("rw,nosuid,nodev,relatime").contains("drwxrwxrwt");
        assertThat(memory("--tmpfs", "/x:size=1m,mode=750,noexec,uid=1000,gid=100"))
                .contains("nosuid,nodev,noexec", "size=1024k", "drwxr-x---", " 1000 ", " 100 ");
        assertThat(memory("--user", "mate", "--tmpfs", "/x:U,suid,dev,ro"))
                .contains("ro,relatime", " 1000 ", " 100 ");
        assertThat(memory("--mount", "type=tmpfs,dst=/x,tmpfs-size=8k,tmpfs-mode=700"))
                .contains("nosuid,nodev,relatime,size=8k", "drwx------");
        var copied =
                new String[] {"run", "--rm", "--tmpfs", "/etc", Box.IMAGE, "cat", "/etc/group"};
        assertThat(kelpie.ok(copied)).contains("crew");
        copied[3] = "/etc:notmpcopyup";
        assertThat(kelpie.run(copied).exitCode()).isNotZero();
        assertThat(kelpie.fails(125, "create", "--tmpfs", "/x:wings", Box.IMAGE)).contains("wings");
        kelpie.ok("create", "--name", "shown", "--tmpfs", "/x:mode=700", Box.IMAGE);
        assertThat(kelpie.inspect("shown").at("/HostConfig/Tmpfs/~1x").asText())
                .contains("mode=700", "nosuid");
    }

    @Test
    void mountsAsItsFlagsSay() {
        var place = kelpie.directory().toString();
        var words = new ArrayList<>(List.of("run", "--rm", "-v", place + ":/x:noexec,nosuid"));
        words.addAll(List.of("-v", "vol:/y", "-v", "vol:/z:suid,dev,noexec"));
        words.addAll(List.of(Box.IMAGE, "grep", " /[xyz] ", "/proc/mounts"));
        var mounts = kelpie.ok(words.toArray(String[]::new)).lines().toList();
        assertThat(mounts.get(0)).contains(" /x ", "nosuid", "noexec").doesNotContain("nodev");
        assertThat(mounts.get(1)).contains(" /y ", "nosuid,nodev").doesNotContain("noexec");
        assertThat(mounts.get(2)).contains(" /z ", "noexec").doesNotContain("nosuid", "nodev");
    }

    private String memory(String... flags) {
        var words = new ArrayList<>(List.of("run", "--rm"));
        words.addAll(List.of(flags));
        words.addAll(List.of(Box.IMAGE, "sh", "-c", "grep ' /x ' /proc/mounts; ls -nd /x"));
        return kelpie.ok(words.toArray(String[]::new));
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
