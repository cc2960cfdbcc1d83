package dev.kelpie.engine.host;

import dev.kelpie.image.store.FileAttributes;
import dev.kelpie.image.store.FileContent;
import dev.kelpie.image.store.LayerPath;
import dev.kelpie.image.store.LayerTree;
import dev.kelpie.image.store.Node;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.EntryAttributes;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.FileName;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.kernel.UserNamespace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// One layer's directory being filled, every path resolved inside it by the kernel.
final class RootedLayerTree implements LayerTree {

    /// Where overlays are mounted with `userxattr`, they look there.
    static final String OPAQUE =
            UserNamespace.isInitial() ? "trusted.overlay.opaque" : "user.overlay.opaque";

    private static final byte[] YES = "y".getBytes(StandardCharsets.US_ASCII);

    private final RootedDirectory root;

    /// Directories that no entry of the archive described.
    private final TreeSet<LayerPath> undescribed = new TreeSet<>();

    RootedLayerTree(RootedDirectory root) {
        this.root = root;
    }

    @FunctionalInterface
    private interface Work<T> {
        T get() throws IOException;
    }

    private static <T> T attempt(Work<T> work) throws IOException {
        try {
            return work.get();
        } catch (HostException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static String name(LayerPath path) {
        return FileName.decode(path.bytes());
    }

    @Override
    public void directory(LayerPath path, FileAttributes attributes) throws IOException {
        attempt(() -> {
            if (path.isRoot()) {
                // The root has no name of its own: its attributes go through "." below.
                setRootAttributes(attributes);
                return true;
            }
            makeDirectory(path);
            undescribed.remove(path);
            root.setAttributes(name(path), attributes(attributes));
            return true;
        });
    }

    private void setRootAttributes(FileAttributes attributes) {
        root.setAttributes(".", attributes(attributes));
    }

    /// Makes a directory where there is none; over a whiteout it hides what the layers below have.
    private void makeDirectory(LayerPath path) throws IOException {
        makeParents(path);
        var name = name(path);
        var there = root.stat(name);
        if (there.filter(EntryFacts::isDirectory).isPresent()) {
            return;
        }
        var hides = there.filter(EntryFacts::isWhiteout).isPresent();
        if (there.isPresent()) {
            root.deleteTree(name);
        }
        root.makeDirectory(name, 0755);
        if (hides) {
            root.setExtendedAttribute(name, OPAQUE, YES);
        }
    }

    private void makeParents(LayerPath path) throws IOException {
        var parent = path.parent();
        if (parent.isRoot()) {
            return;
        }
        var there = root.statFollowing(name(parent));
        if (there.isEmpty() || there.get().isWhiteout()) {
            makeDirectory(parent);
            undescribed.add(parent);
        } else if (!there.get().isDirectory()) {
            throw new IOException("'" + parent + "' is not a directory");
        }
    }

    /// Makes room for an entry that is not a directory.
    private String clear(LayerPath path) throws IOException {
        makeParents(path);
        var name = name(path);
        root.deleteTree(name);
        return name;
    }

    @Override
    public void file(LayerPath path, FileAttributes attributes, FileContent content)
            throws IOException {
        attempt(() -> {
            var name = clear(path);
            try (var channel = root.createFile(name, 0600)) {
                content.writeTo((offset, buffer, count) -> write(channel, offset, buffer, count));
                if (channel.size() < content.size()) {
                    write(channel, content.size() - 1, new byte[1], 1); // a hole at the end
                }
            }
            root.setAttributes(name, attributes(attributes));
            return true;
        });
    }

    private static void write(FileChannel channel, long offset, byte[] buffer, int count)
            throws IOException {
        var bytes = ByteBuffer.wrap(buffer, 0, count);
        var at = offset;
        while (bytes.hasRemaining()) {
            at += channel.write(bytes, at);
        }
    }

    @Override
    public void symlink(LayerPath path, FileAttributes attributes, byte[] target)
            throws IOException {
        attempt(() -> {
            var name = clear(path);
            root.symlink(FileName.decode(target), name);
            root.setAttributes(name, attributes(attributes));
            return true;
        });
    }

    @Override
    public boolean hardLink(LayerPath path, LayerPath target) throws IOException {
        return attempt(() -> {
            var there = root.stat(name(target));
            if (there.isEmpty() || there.get().isWhiteout() || there.get().isDirectory()) {
                return false;
            }
            if (!path.equals(target)) {
                root.link(name(target), clear(path));
            }
            return true;
        });
    }

    @Override
    public void node(LayerPath path, FileAttributes attributes, Node node) throws IOException {
        attempt(() -> {
            var name = clear(path);
            var mode = attributes.mode();
            switch (node) {
                case Node.Fifo _ -> root.makeFifo(name, mode);
                case Node.CharacterDevice _, Node.BlockDevice _ when !UserNamespace.isInitial() -> {
                    return true; // only the host's root may make one, and no container may open it
                }
                case Node.CharacterDevice(int major, int minor) ->
                        root.makeDevice(
                                name,
                                EntryType.CHARACTER_DEVICE,
                                mode,
                                new EntryFacts.Device(major, minor));
                case Node.BlockDevice(int major, int minor) ->
                        root.makeDevice(
                                name,
                                EntryType.BLOCK_DEVICE,
                                mode,
                                new EntryFacts.Device(major, minor));
            }
            root.setAttributes(name, attributes(attributes));
            return true;
        });
    }

    @Override
    public void whiteout(LayerPath path) throws IOException {
        attempt(() -> {
            makeParents(path);
            var name = name(path);
            var there = root.stat(name);
            if (there.isEmpty()) {
                root.makeDevice(name, EntryType.CHARACTER_DEVICE, 0, new EntryFacts.Device(0, 0));
            } else if (there.get().isDirectory()) {
                root.setExtendedAttribute(name, OPAQUE, YES);
            }
            return true;
        });
    }

    @Override
    public void opaque(LayerPath directory) throws IOException {
        attempt(() -> {
            if (directory.isRoot()) {
                return true; // the lowest layer hides nothing, and overlay ignores it
            }
            if (root.stat(name(directory)).filter(EntryFacts::isDirectory).isEmpty()) {
                makeDirectory(directory);
                undescribed.add(directory);
            }
            root.setExtendedAttribute(name(directory), OPAQUE, YES);
            return true;
        });
    }

    @Override
    public void directoryTime(LayerPath path, Instant modified) throws IOException {
        attempt(() -> {
            var name = path.isRoot() ? "." : name(path);
            root.stat(name)
                    .filter(EntryFacts::isDirectory)
                    .ifPresent(facts -> root.setAttributes(name, of(facts, modified, Map.of())));
            return true;
        });
    }

    @Override
    public boolean copyUp(LayerPath path, List<Path> lowers) throws IOException {
        return attempt(() -> {
            for (var lower : lowers) {
                try (var from = RootedDirectory.open(lower)) {
                    var there = from.stat(name(path));
                    if (there.isPresent()) {
                        return copyUp(path, from, there.get());
                    }
                }
            }
            return false;
        });
    }

    private boolean copyUp(LayerPath path, RootedDirectory from, EntryFacts facts)
            throws IOException {
        if (facts.isWhiteout() || facts.isDirectory()) {
            return false;
        }
        new TreeCopy(from, root, Instant.EPOCH).entry(clear(path), facts);
        return true;
    }

    @Override
    public void inherit(List<Path> lowers) throws IOException {
        attempt(() -> {
            for (var path : undescribed) {
                var facts = topmost(path, lowers);
                if (facts.isPresent()) {
                    root.setAttributes(name(path), of(facts.get(), Instant.EPOCH, Map.of()));
                }
            }
            return true;
        });
    }

    private static Optional<EntryFacts> topmost(LayerPath path, List<Path> lowers) {
        for (var lower : lowers) {
            try (var from = RootedDirectory.open(lower)) {
                var there = from.stat(name(path));
                if (there.isPresent()) {
                    return there.filter(EntryFacts::isDirectory);
                }
            }
        }
        return Optional.empty();
    }

    private static EntryAttributes attributes(FileAttributes given) {
        return new EntryAttributes(
                (int) given.uid(),
                (int) given.gid(),
                given.mode(),
                given.modified(),
                given.xattrs());
    }

    private static EntryAttributes of(
            EntryFacts facts, Instant modified, Map<String, byte[]> xattrs) {
        return new EntryAttributes(
                (int) facts.uid(), (int) facts.gid(), facts.mode(), modified, xattrs);
    }

    @Override
    public void sync() throws IOException {
        attempt(() -> {
            root.syncFileSystem();
            return true;
        });
    }

    @Override
    public void close() throws IOException {
        root.close();
    }
}
