package dev.kelpie.engine.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/// The lowest layer of every container's root: what the engine mounts on in each, so that nobody
/// need make it in the container's own layer each time, and that this holds the container's changes
/// only. What an image says of the same names stands above it and counts.
final class MountPoints {

    private static final List<String> FOLDERS = List.of("dev", "etc", "proc", "run", "sys");
    private static final List<String> FILES =
            List.of("etc/hosts", "etc/resolv.conf", "etc/hostname", "run/.containerenv");

    private final Path folder;

    MountPoints(Path folder) {
        this.folder = folder;
    }

    /// Its folder, made when it is not there.
    synchronized Path layer() throws IOException {
        if (!Files.exists(folder)) {
            var fresh = folder.resolveSibling(folder.getFileName() + ".new");
            for (var name : FOLDERS) {
                Files.createDirectories(fresh.resolve(name));
            }
            for (var name : FILES) {
                Files.write(fresh.resolve(name), new byte[0]);
            }
            var table = fresh.resolve("etc/mtab");
            Files.deleteIfExists(table);
            Files.createSymbolicLink(table, Path.of("/proc/mounts"));
            Files.move(fresh, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return folder;
    }
}
