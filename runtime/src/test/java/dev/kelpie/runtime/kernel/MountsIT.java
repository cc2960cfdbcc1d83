package dev.kelpie.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountsIT {

    @TempDir Path place;

    @AfterEach
    void unmountAll() {
        Mounts.unmountAllBelow(place);
    }

    private Path folder(String name) throws IOException {
        return Files.createDirectories(place.resolve(name));
    }

    private void mountWithLowers(String prefix, int count) throws IOException {
        var lowers = new ArrayList<Path>();
        for (int i = 0; i < count; i++) {
            var lower = folder(prefix + i);
            Files.writeString(lower.resolve("file"), "from " + i);
            Files.writeString(lower.resolve("only-" + i), "");
            lowers.add(lower);
        }
        var overlay = new Mounts.Overlay(lowers, folder("upper"), folder("work"));
        Mounts.overlay(overlay, folder("merged"));
        assertThat(place.resolve("merged/file")).hasContent("from 0");
        assertThat(place.resolve("merged/only-" + (count - 1))).exists();
    }

    @Test
    void theFirstLowerIsOnTop() throws IOException {
        mountWithLowers("low", 3);
    }

    /// Pitfall 49: 4 KiB of options are cut silently by mount(2).
    @Test
    void manyLowersWithLongNames() throws IOException {
        mountWithLowers("a-rather-long-name-of-a-layer-directory-".repeat(3), 240);
    }

    @Test
    void namesWithTheCharactersOptionsAreMadeOf() throws IOException {
        mountWithLowers("a,b:c\\d ", 2);
    }

    @Test
    void pathsLongerThanAnOptionMayBe() throws IOException {
        mountWithLowers(("x".repeat(120) + "/").repeat(3) + "low", 2);
    }

    @Test
    void saysWhatTheKernelSays() throws IOException {
        var lower = List.of(place.resolve("no,such"));
        var overlay = new Mounts.Overlay(lower, folder("upper"), folder("work"));
        var merged = folder("merged");
        assertThatThrownBy(() -> Mounts.overlay(overlay, merged)).isInstanceOf(HostException.class);
    }

    @Test
    void unmountingIsTolerantAndTakesEverythingOff() throws IOException {
        var target = folder("mnt");
        Mounts.tmpfs(target, 1 << 20, "1777");
        Mounts.tmpfs(target, 1 << 20, "1777");
        assertThat(Mounts.below(place)).contains(target);
        Mounts.unmount(target);
        Mounts.unmount(target);
        Mounts.unmount(place.resolve("never-there"));
        assertThat(Mounts.isMounted(target)).isFalse();
    }

    @Test
    void bindsReadOnly() throws IOException {
        var source = folder("source");
        Files.writeString(source.resolve("file"), "x");
        var target = folder("target");
        Mounts.bind(source, target, true);
        assertThat(target.resolve("file")).hasContent("x");
        assertThatThrownBy(() -> Files.writeString(target.resolve("new"), "y"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void overlaysWorkHere() {
        assertThat(OverlayTrial.failure(place, new Overlays())).isEmpty();
        assertThat(place).isEmptyDirectory();
    }

    /// Pitfall 45: made in a thread of its own, found by their files, gone without a trace.
    @Test
    void namespacesLiveOnTheirFiles() throws Exception {
        var ours = Files.readSymbolicLink(Path.of("/proc/self/ns/net"));
        var files = place.resolve("ns");
        NamespaceFiles.create(files, "pod-name");
        assertThat(NamespaceFiles.isAlive(files)).isTrue();
        assertThat(Files.readSymbolicLink(Path.of("/proc/self/ns/net"))).isEqualTo(ours);
        var seen =
                dev.kelpie.runtime.Command.of(
                                "nsenter",
                                "--uts=" + files.resolve("uts"),
                                "--net=" + files.resolve("net"),
                                "--ipc=" + files.resolve("ipc"),
                                "sh",
                                "-c",
                                "hostname; cat /sys/class/net/lo/operstate; ip -o link show up")
                        .run();
        assertThat(seen.stdout()).startsWith("pod-name\n").contains("lo: <LOOPBACK,UP");
        NamespaceFiles.delete(files);
        NamespaceFiles.delete(files);
        assertThat(files).doesNotExist();
        assertThat(NamespaceFiles.isAlive(files)).isFalse();
    }

    /// The host keeps its own.
    @Test
    void kernelParametersAreThoseOfTheNamespaces() throws Exception {
        var ours = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
        var before = Files.readString(ours);
        var files = place.resolve("ns");
        NamespaceFiles.create(
                files,
                "p",
                java.util.Map.of(
                        "net/ipv4/ip_local_port_range",
                        "2000 2100",
                        "kernel/shm_rmid_forced",
                        "1"));
        var seen =
                dev.kelpie.runtime.Command.of(
                                "nsenter",
                                "--net=" + files.resolve("net"),
                                "--ipc=" + files.resolve("ipc"),
                                "cat",
                                ours.toString(),
                                "/proc/sys/kernel/shm_rmid_forced")
                        .run();
        assertThat(seen.stdout()).isEqualTo("2000\t2100\n1\n");
        assertThat(Files.readString(ours)).isEqualTo(before);
        NamespaceFiles.delete(files);
    }

    @Test
    void aParameterThatIsNotThereLeavesNothing() {
        var files = place.resolve("ns");
        assertThatThrownBy(() ->
                        NamespaceFiles.create(files, "p", java.util.Map.of("net/no/such", "1")))
                .hasMessage("there is no sysctl 'net/no/such' in a namespace of its own");
        assertThat(files).doesNotExist();
    }
}
