package dev.kelpie.engine.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kelpie.runtime.cgroup.Cgroups;
import dev.kelpie.runtime.kernel.ExitWatch;
import dev.kelpie.runtime.kernel.Mounts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// Sub paths of volumes that a container fills with links to the host: CVE-2017-1002101 (a link),
/// CVE-2021-25741 (a link put there between looking and mounting).
@Timeout(120)
class SubPathIT {

    private static final int TRIES = 500;

    /// Deleted by ourselves: JUnit would go on into what a lost race has mounted.
    @TempDir(cleanup = CleanupMode.NEVER)
    Path place;

    private Path volume;
    private Path host;
    private Path target;
    private LinuxKernel kernel;

    @BeforeEach
    void make() throws IOException {
        volume = Files.createDirectory(place.resolve("volume"));
        host = Files.createDirectory(place.resolve("host"));
        Files.writeString(host.resolve("secret"), "of the host");
        target = place.resolve("run/0");
        kernel = new LinuxKernel(Cgroups.detect(), new ExitWatch(), place, place);
    }

    @AfterEach
    void unmount() throws IOException {
        Mounts.unmountAllBelow(place);
        RootedLayerTrees.deleteTree(place);
    }

    @Test
    void aLinkToTheHostMeansAPlaceInTheVolume() throws IOException {
        Files.createSymbolicLink(volume.resolve("way"), host);
        assertThatThrownBy(() -> kernel.bindInside(volume, "way", target))
                .isInstanceOf(IOException.class);
        Files.createDirectories(volume.resolve(host.toString().substring(1)));
        kernel.bindInside(volume, "way", target);
        assertThat(target.resolve("secret")).doesNotExist();
    }

    @Test
    void climbingLinksEndAtTheVolume() throws IOException {
        Files.createSymbolicLink(volume.resolve("up"), Path.of(".."));
        Files.writeString(volume.resolve("mine"), "of the volume");
        kernel.bindInside(volume, "up", target);
        assertThat(target.resolve("mine")).exists();
    }

    @Test
    void magicLinksOfProcAreNotFollowed() throws IOException {
        Files.createSymbolicLink(volume.resolve("cwd"), Path.of("/proc/self/cwd"));
        assertThatThrownBy(() -> kernel.bindInside(volume, "cwd", target))
                .isInstanceOf(IOException.class);
    }

    @Test
    void aFileIsMountedAsAFile() throws IOException {
        Files.writeString(volume.resolve("file"), "text");
        kernel.bindInside(volume, "file", target);
        assertThat(target).hasContent("text");
    }

    /// One thread puts a directory and a link to the host in turns at the same name.
    @Test
    void aRaceIsNotWon() throws Exception {
        Files.createDirectory(volume.resolve("inside"));
        Files.createSymbolicLink(volume.resolve("a"), Path.of("inside"));
        var stop = new AtomicBoolean();
        var attacker = Thread.ofPlatform().start(() -> swap(stop));
        try {
            for (int i = 0; i < TRIES; i++) {
                var mount = place.resolve("run/" + i);
                try {
                    kernel.bindInside(volume, "a", mount);
                } catch (IOException _) {
                    continue; // it was the link: a name that is not in the volume
                }
                var escaped = Files.exists(mount.resolve("secret"));
                Mounts.unmount(mount);
                assertThat(escaped).as("try %s shows the host", i).isFalse();
            }
        } finally {
            stop.set(true);
            attacker.join();
        }
    }

    /// A link is put over a link, in one step: the name is always there, and leads elsewhere many
    /// times between looking and mounting.
    private void swap(AtomicBoolean stop) {
        var targets = List.of(host, Path.of("inside"));
        var link = volume.resolve("link");
        for (int i = 0; !stop.get(); i++) {
            try {
                Files.createSymbolicLink(link, targets.get(i % 2));
                Files.move(link, volume.resolve("a"), StandardCopyOption.ATOMIC_MOVE);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
