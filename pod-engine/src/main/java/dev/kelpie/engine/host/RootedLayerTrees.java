package dev.kelpie.engine.host;

import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.store.LayerTree;
import dev.kelpie.image.store.LayerTrees;
import dev.kelpie.image.store.LayerXattrs;
import dev.kelpie.image.tar.TarWriter;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.Mounts;
import dev.kelpie.runtime.kernel.NativeSha256;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/// Layers as directories that nothing in an archive can lead out of.
public final class RootedLayerTrees implements LayerTrees {

    @Override
    public LayerTree open(Path directory) throws IOException {
        try {
            return new RootedLayerTree(RootedDirectory.open(directory));
        } catch (HostException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void delete(Path directory) throws IOException {
        deleteTree(directory);
    }

    @Override
    public void pack(Path directory, TarWriter tar, PackRules rules)
            throws IOException, InterruptedException {
        try (var root = RootedDirectory.open(directory)) {
            new TreePacker(root, tar, rules).pack();
        } catch (HostException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public boolean isOpaque(Path directory) throws IOException {
        return read(directory).containsKey(RootedLayerTree.OPAQUE);
    }

    @Override
    public Map<String, byte[]> attributes(Path file) throws IOException {
        var all = new TreeMap<>(read(file));
        all.keySet().removeIf(name -> !LayerXattrs.isAllowed(name));
        return all;
    }

    @Override
    public MessageDigest sha256() {
        return NativeSha256.find().map(Supplier::get).orElseGet(Digest::sha256);
    }

    private static Map<String, byte[]> read(Path file) throws IOException {
        try (var parent = RootedDirectory.open(file.resolveSibling("."))) {
            return parent.extendedAttributes(String.valueOf(file.getFileName()));
        } catch (HostException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /// Deletes a tree, crossing no mount and following no link; a missing one is no error.
    static void deleteTree(Path directory) throws IOException {
        var parent = directory.getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return;
        }
        try (var root = RootedDirectory.open(parent)) {
            root.deleteTree(String.valueOf(directory.getFileName()));
        } catch (HostException e) {
            if (Mounts.below(directory).isEmpty()) {
                throw new IOException(e.getMessage(), e);
            }
            throw new IOException("something is mounted below '" + directory + "'", e);
        }
    }
}
