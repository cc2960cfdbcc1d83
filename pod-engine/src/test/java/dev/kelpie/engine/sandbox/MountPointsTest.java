package dev.kelpie.engine.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountPointsTest {

    @TempDir Path root;

    @Test
    void areThereForEverythingThatIsMountedInEachContainer() throws IOException {
        var layer = new MountPoints(root.resolve("points")).layer();
        assertThat(layer.resolve("proc")).isEmptyDirectory();
        assertThat(layer.resolve("etc/hosts")).isEmptyFile();
        assertThat(layer.resolve("run/.containerenv")).isEmptyFile();
        assertThat(Files.readSymbolicLink(layer.resolve("etc/mtab")))
                .isEqualTo(Path.of("/proc/mounts"));
    }

    @Test
    void whatACrashLeftHalfMadeIsCompleted() throws IOException {
        Files.createDirectories(root.resolve("points.new/etc"));
        Files.createSymbolicLink(root.resolve("points.new/etc/mtab"), Path.of("/proc/mounts"));
        var points = new MountPoints(root.resolve("points"));
        assertThat(points.layer().resolve("etc/hostname")).exists();
        assertThat(points.layer()).isEqualTo(root.resolve("points"));
        assertThat(root.resolve("points.new")).doesNotExist();
    }
}
