package dev.kelpie.engine.sandbox;

import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Copies of images whose files belong to other ids, for hosts whose mounts cannot translate: one
/// for each image and mapping, made when first asked for.
final class ShiftedLayers {

    private static final System.Logger LOG = System.getLogger(ShiftedLayers.class.getName());

    private final EngineFiles files;
    private final HostKernel kernel;
    private final ReentrantLock copying = new ReentrantLock();

    ShiftedLayers(EngineFiles files, HostKernel kernel) {
        this.files = files;
        this.kernel = kernel;
    }

    /// The copy of these layers.
    ///
    /// @param lasting others will come with the same ids: kept as long as the image is there
    Path of(List<Path> layers, IdMappings ids, boolean lasting) throws IOException {
        copying.lock();
        try {
            var folder = files.shifted().resolve(key(layers, ids));
            if (!Files.exists(done(folder))) {
                copy(layers, ids, folder);
                Files.writeString(done(folder), lasting ? layers.getFirst().toString() : "");
            }
            return tree(folder);
        } finally {
            copying.unlock();
        }
    }

    private void copy(List<Path> layers, IdMappings ids, Path folder) throws IOException {
        LOG.log(
                System.Logger.Level.INFO,
                "copying an image: this host's mounts cannot show it to other users");
        kernel.unmountBelow(folder);
        kernel.removeTree(folder);
        var merged = folder.resolve("merged");
        for (var made : List.of(tree(folder), folder.resolve("upper"), folder.resolve("work"))) {
            Files.createDirectories(made);
        }
        Files.createDirectories(merged);
        kernel.overlay(layers, folder.resolve("upper"), folder.resolve("work"), merged);
        try {
            kernel.copyOut(merged, "/", tree(folder), Optional.of(ids));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while copying an image", e);
        } finally {
            kernel.unmount(merged);
        }
    }

    /// Deletes the copies that nothing uses any more.
    ///
    /// @param used keys of those in use
    void keepOnly(Set<String> used) throws IOException {
        if (!Files.isDirectory(files.shifted())) {
            return;
        }
        copying.lock();
        try (var copies = Files.list(files.shifted())) {
            for (var copy : copies.toList()) {
                if (!used.contains(copy.getFileName().toString()) && !lasts(copy)) {
                    kernel.unmountBelow(copy);
                    kernel.removeTree(copy);
                }
            }
        } finally {
            copying.unlock();
        }
    }

    private static boolean lasts(Path copy) throws IOException {
        var layer = Files.exists(done(copy)) ? Files.readString(done(copy)) : "";
        return !layer.isEmpty() && Files.exists(Path.of(layer));
    }

    /// What the copy of these layers is called.
    static String key(List<Path> layers, IdMappings ids) {
        try {
            var text = layers + " " + ids;
            var digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static Path tree(Path folder) {
        return folder.resolve("tree");
    }

    private static Path done(Path folder) {
        return folder.resolve("done");
    }
}
