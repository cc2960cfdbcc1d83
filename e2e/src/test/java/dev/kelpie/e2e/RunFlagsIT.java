package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// Flags of `run` beyond the everyday ones do what they say.
class RunFlagsIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    @TempDir Path folder;

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
    void callsUsersAndVariablesAsItIsTold() {
        var said =
                kelpie.ok(
                        "run",
                        "--rm",
                        "--network=none",
                        "--umask=0077",
                        "--user=1234",
                        "--passwd-entry=guest:*:$UID:$GID:$NAME:/tmp:/bin/sh",
                        "--env-merge=PATH=${PATH}:/more",
                        "--unsetenv=container",
                        "--systemd=always",
                        "--image-volume=ignore",
                        Box.IMAGE,
                        "sh",
                        "-c",
                        "umask; cat /etc/passwd; env; grep ' /run/lock ' /proc/mounts");
        assertThat(said)
                .startsWith("0077\n")
                .contains(
                        "guest:*:1234:0:container user:/tmp:/bin/sh",
                        "/bin:/more\n",
                        "HOSTNAME=",
                        "container_uuid=",
                        "tmpfs /run/lock")
                .doesNotContain("container=");
    }

    @Test
    void runsAFolderOfTheHostAndWhatItRequires() throws IOException {
        var root = Box.context(folder).resolve("rootfs").toString();
        kelpie.ok("create", "--name=first", "--rootfs", root + ":O", "sleep", "1000");
        kelpie.ok("create", "--name=then", "--requires=first", "--rootfs", root, "touch", "/new");
        assertThat(kelpie.ok("init", "then")).isEqualTo("then");
        assertThat(kelpie.fails(125, "init", "then")).contains("already been created");
        kelpie.ok("start", "--attach", "then");
        assertThat(Path.of(root).resolve("new")).exists();
        assertThat(kelpie.inspect("first").at("/State/Status").asText()).isEqualTo("running");
        var others = List.of("--pid=container:first", "--ipc=container:first");
        assertThat(kelpie.ok("run", "--rm", others.getFirst(), others.getLast(), Box.IMAGE, "ps"))
                .contains("sleep 1000");
        assertThat(kelpie.fails(125, "rm", "-f", "first")).contains("dependent containers");
        kelpie.ok("rm", "-f", "-t", "0", "--depend", "first");
        assertThat(kelpie.ok("ps", "-aq")).isEmpty();
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
        assertThat(kelpie.fails(125, "run", "--rdt-class=x", Box.IMAGE)).contains("--rdt-class");
        assertThat(kelpie.fails(126, "run", "--rm", "-w", "/nowhere", Box.IMAGE, "pwd"))
                .contains("workdir \"/nowhere\" does not exist");
        assertThat(kelpie.fails(125, "run", "--tz=Nowhere", Box.IMAGE)).contains("\"Nowhere\"");
        assertThat(kelpie.fails(125, "run", "--cgroups=disabled", Box.IMAGE)).contains("--cgroups");
    }

    @Test
    void inspectTellsWhatHoldsForARun() {
        var flags =
                "--cap-drop ALL --cap-add CHOWN --cpus 0.5 --timeout 500 --log-opt max-size=1m"
                        + " --init --oom-score-adj 100 --ulimit core=0:0 -p 127.0.0.1::81";
        var words = new java.util.ArrayList<>(List.of("run", "-d", "--name", "seen"));
        words.addAll(List.of(flags.split(" ")));
        words.addAll(List.of(Box.IMAGE, "sh", "-c", Box.staying()));
        kelpie.ok(words.toArray(String[]::new));
        assertThat(kelpie.ok("inspect", "--format", "{{.BoundingCaps}} {{.EffectiveCaps}}", "seen"))
                .isEqualTo("[CAP_CHOWN] [CAP_CHOWN]");
        var seen = kelpie.inspect("seen");
        assertThat(seen.at("/Config/Timeout").asInt()).isEqualTo(500);
        assertThat(seen.at("/Config/ExposedPorts").has("81/tcp")).isTrue();
        var host = seen.at("/HostConfig");
        assertThat(host.at("/CpuQuota").asInt()).isEqualTo(50_000);
        assertThat(host.at("/OomScoreAdj").asInt()).isEqualTo(100);
        assertThat(host.at("/Init").asBoolean()).isTrue();
        assertThat(host.at("/LogConfig/Size").asText()).isEqualTo("1.05MB");
        assertThat(host.at("/Ulimits").findValuesAsText("Name")).contains("RLIMIT_CORE");
        assertThat(seen.at("/NetworkSettings/SandboxKey").asText()).endsWith("/ns/net");
    }
}
