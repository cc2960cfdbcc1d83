package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Pods are made as unit files make them, and what was asked of them holds.
class PodCreateIT {
    @RegisterExtension static final Engine ENGINE = new Engine();

    private final Kelpie kelpie = ENGINE.kelpie();

    @AfterEach
    void nothingStays() {
        kelpie.removeAll();
        kelpie.ok("volume", "rm", "--all", "--force");
        kelpie.ok("network", "prune", "--force");
    }

    private void join(String pod, String name, String... flags) {
        var words = new java.util.ArrayList<>(java.util.List.of("run", "-d", "--name", name));
        words.addAll(java.util.List.of("--pod", pod));
        words.addAll(java.util.List.of(flags));
        words.addAll(java.util.List.of(Box.IMAGE, "sh", "-c", Box.staying()));
        kelpie.ok(words.toArray(String[]::new));
    }

    @Test
    void livesTheLifeOfAUnit() {
        var pidFile = kelpie.directory().resolve("shop.pid");
        var idFile = kelpie.directory().resolve("shop.id");
        kelpie.ok(
                "pod",
                "create",
                "--infra-conmon-pidfile=" + pidFile,
                "--pod-id-file=" + idFile,
                "--replace",
                "--exit-policy",
                "stop",
                "--infra-name",
                "shop-infra",
                "--name",
                "shop");
        kelpie.ok("pod", "start", "--pod-id-file", idFile.toString());
        assertThat(Path.of("/proc/" + Host.read(pidFile).strip() + "/comm")).hasContent("conmon\n");
        assertThat(kelpie.state("shop-infra")).isEqualTo("running");
        kelpie.ok("pod", "stop", "--ignore", "--time=1", "--pod-id-file", idFile.toString());
        assertThat(kelpie.state("shop-infra")).isEqualTo("exited");
        kelpie.ok("pod", "rm", "--ignore", "--force", "shop");
        kelpie.ok("pod", "rm", "--ignore", "--force", "shop");
        assertThat(kelpie.run("pod", "exists", "shop").exitCode()).isEqualTo(1);
    }

    @Test
    void givesItsContainersWhatItWasMadeWith() {
        kelpie.ok("network", "create", "lan");
        kelpie.ok(
                "pod",
                "create",
                "--name",
                "den",
                "--network",
                "lan:alias=cave",
                "--hostname",
                "bear",
                "--restart",
                "always",
                "--shm-size",
                "8m",
                "--add-host",
                "sea:10.1.2.3",
                "--add-host",
                "shore:host-gateway");
        join("den", "cub");
        assertThat(kelpie.ok("exec", "cub", "hostname")).isEqualTo("bear");
        assertThat(kelpie.inspect("cub").at("/HostConfig/RestartPolicy/Name").asText())
                .isEqualTo("always");
        assertThat(kelpie.ok("exec", "cub", "cat", "/etc/hosts"))
                .contains("10.1.2.3\tsea")
                .containsPattern("([0-9.]+)\tshore\n(.*\n)*\\1\thost[.]containers[.]internal");
        assertThat(kelpie.ok("exec", "cub", "grep", " /dev/shm ", "/proc/mounts"))
                .contains("size=8192k");
        assertThat(kelpie.ok("exec", "cub", "nslookup", "cave")).contains("Address");
    }

    @Test
    @OnlyKelpie
    void itsSharedMemoryIsSizedWhenItIsMade() {
        kelpie.ok("run", "--pod", "new:pool", "--shm-size", "4m", Box.IMAGE, "true");
        var late =
                kelpie.run("run", "--pod", "pool", "--shm-size", "9m", Box.IMAGE, "df", "/dev/shm");
        assertThat(late.stdout()).containsPattern(" 4096 .*/dev/shm");
        assertThat(late.stderr()).contains("--shm-size is ignored", "'pod create'");
    }

    @Test
    void letsEachContainerHaveVolumesOfItsOwn() {
        kelpie.ok("pod", "create", "--name", "flat");
        assertThat(kelpie.fails(125, "pod", "create", "--name", "flat")).contains("already exists");
        join("flat", "ann", "-v", "one:/d");
        join("flat", "bob", "-v", "two:/d");
        kelpie.ok("exec", "ann", "touch", "/d/hers");
        assertThat(kelpie.ok("exec", "bob", "ls", "/d")).isEmpty();
        assertThat(kelpie.ok("volume", "ls", "-q")).isEqualTo("one\ntwo");
    }

    @Test
    @OnlyKelpie
    void refusesWhatItCannotDoByName() {
        assertThat(kelpie.fails(125, "pod", "create", "--userns", "ns:/proc/1/ns/user", "p"))
                .contains("user namespace 'ns:/proc/1/ns/user' is not supported");
        assertThat(kelpie.fails(125, "pod", "create", "--infra=false", "p")).contains("--infra");
        assertThat(kelpie.fails(125, "pod", "create", "--shm-size", "0", "p"))
                .contains("--shm-size");
        assertThat(kelpie.fails(125, "create", "--cgroups", "disabled", Box.IMAGE))
                .contains("--cgroups=disabled");
    }
}
