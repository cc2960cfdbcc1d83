package dev.kelpie.runtime.kernel;

import dev.kelpie.runtime.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Tries whether overlays can be mounted with their upper directory in a certain place, and that
/// hiding files works there.
public final class OverlayTrial {

    private OverlayTrial() {}

    /// Why not; empty if it works. Leaves nothing.
    ///
    /// @param overlays how they are mounted
    public static Optional<String> failure(Path place, Overlays overlays) {
        try {
            var folder = Files.createTempDirectory(place, "overlay-trial");
            try (var above = RootedDirectory.open(place)) {
                try {
                    mountAndHide(folder, overlays);
                    return Optional.empty();
                } finally {
                    Mounts.unmount(folder.resolve("merged"));
                    above.deleteTree(folder.getFileName().toString());
                }
            }
        } catch (IOException | HostException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static void mountAndHide(Path folder, Overlays overlays) throws IOException {
        for (var name : List.of("lower", "upper", "work", "merged")) {
            Files.createDirectory(folder.resolve(name));
        }
        Files.createFile(folder.resolve("lower/file"));
        var overlay =
                new Mounts.Overlay(
                        List.of(folder.resolve("lower")),
                        folder.resolve("upper"),
                        folder.resolve("work"));
        overlays.mount(overlay, folder.resolve("merged"));
        Files.delete(folder.resolve("merged/file"));
    }
}
