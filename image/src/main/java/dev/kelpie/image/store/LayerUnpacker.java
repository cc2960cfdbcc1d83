package dev.kelpie.image.store;

import dev.kelpie.image.tar.TarEntry;
import dev.kelpie.image.tar.TarException;
import dev.kelpie.image.tar.TarReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Turns a layer's tar stream into a [LayerTree] (image-spec, layer.md). What needs the layers
/// below (hard links to their files, attributes of directories that are only passed through) waits
/// for [#settle], so that layers can be unpacked at the same time.
final class LayerUnpacker {

    private static final String WHITEOUT = ".wh.";
    private static final String OPAQUE = ".wh..wh..opq";

    private record Link(LayerPath path, LayerPath target) {}

    private final LayerTree tree;
    private final UnpackLimits limits;
    private final byte[] buffer = new byte[1 << 16];
    private final Map<LayerPath, Instant> directoryTimes = new TreeMap<>(deepestFirst());
    private final List<Link> linksBelow = new ArrayList<>();
    private long entries;
    private long fileBytes;

    LayerUnpacker(LayerTree tree, UnpackLimits limits) {
        this.tree = tree;
        this.limits = limits;
    }

    /// Unpacks everything and reads `tar` to its end; throws with the entry's name.
    void unpack(InputStream tar) throws IOException, InterruptedException {
        var reader = new TarReader(new BufferedInputStream(tar, 1 << 16));
        for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (++entries > limits.entries()) {
                throw new TarException("has more than " + limits.entries() + " entries");
            }
            apply(entry.get(), reader);
        }
        reader.drain();
    }

    /// Finishes with the help of the complete layers below, top first.
    void settle(List<Path> lowers) throws IOException {
        for (var link : linksBelow) {
            if (!tree.hardLink(link.path(), link.target())
                    && !(tree.copyUp(link.target(), lowers)
                            && tree.hardLink(link.path(), link.target()))) {
                throw new TarException(
                        "entry '"
                                + link.path()
                                + "' is a hard link to '"
                                + link.target()
                                + "', which is in no layer");
            }
        }
        tree.inherit(lowers);
        for (var time : directoryTimes.entrySet()) {
            tree.directoryTime(time.getKey(), time.getValue());
        }
    }

    private void apply(TarEntry entry, TarReader reader) throws IOException {
        try {
            var path = path(entry.name());
            var name = new String(path.name(), StandardCharsets.ISO_8859_1);
            if (name.startsWith(WHITEOUT)) {
                whiteout(path, name);
            } else if (path.isRoot() && entry.type() != TarEntry.Type.DIRECTORY) {
                throw new TarException("is no directory but stands for the layer's root");
            } else {
                make(path, entry, reader);
            }
        } catch (IllegalArgumentException | IOException e) {
            throw new IOException("entry '" + shown(entry.name()) + "': " + e.getMessage(), e);
        }
    }

    private void whiteout(LayerPath path, String name) throws IOException {
        if (name.equals(OPAQUE)) {
            tree.opaque(path.parent());
        } else if (!name.startsWith(".wh..wh.")) {
            // .wh..wh.plnk and the like are an old union file system's private matters
            var hidden = name.substring(WHITEOUT.length());
            if (hidden.isEmpty() || hidden.equals(".") || hidden.equals("..")) {
                throw new TarException("hides nothing that has a name");
            }
            tree.whiteout(path.parent().child(hidden.getBytes(StandardCharsets.ISO_8859_1)));
        }
    }

    private void make(LayerPath path, TarEntry entry, TarReader reader) throws IOException {
        var attributes = attributes(entry);
        directoryTimes.remove(path);
        switch (entry.type()) {
            case FILE -> tree.file(path, attributes, new Content(entry, reader));
            case DIRECTORY -> {
                tree.directory(path, attributes);
                directoryTimes.put(path, attributes.modified());
            }
            case SYMLINK ->
                    tree.symlink(
                            path,
                            attributes,
                            entry.linkName().getBytes(StandardCharsets.ISO_8859_1));
            case HARD_LINK -> {
                var link = new Link(path, path(entry.linkName()));
                if (!linksBelow.isEmpty() || !tree.hardLink(link.path(), link.target())) {
                    linksBelow.add(link);
                }
            }
            case FIFO -> tree.node(path, attributes, new Node.Fifo());
            case CHARACTER_DEVICE -> {
                if (entry.major() == 0 && entry.minor() == 0) {
                    // to overlayfs this is a whiteout, which tars spell otherwise
                    throw new TarException("is the device 0:0, which no layer may hold");
                }
                tree.node(path, attributes, new Node.CharacterDevice(entry.major(), entry.minor()));
            }
            case BLOCK_DEVICE ->
                    tree.node(path, attributes, new Node.BlockDevice(entry.major(), entry.minor()));
        }
    }

    private static FileAttributes attributes(TarEntry entry) {
        var attributes = entry.attributes();
        var xattrs = new LinkedHashMap<String, byte[]>();
        attributes
                .xattrs()
                .forEach((name, value) -> {
                    if (LayerXattrs.isAllowed(name)) {
                        xattrs.put(name, value);
                    }
                });
        return new FileAttributes(
                attributes.uid(),
                attributes.gid(),
                attributes.mode(),
                attributes.modified(),
                xattrs);
    }

    private static LayerPath path(String name) {
        return LayerPath.parse(name.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String shown(String name) {
        var text = new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        return text.length() > 200 ? text.substring(0, 200) + "…" : text;
    }

    private static Comparator<LayerPath> deepestFirst() {
        return Comparator.comparingInt(LayerPath::depth)
                .reversed()
                .thenComparing(Comparator.naturalOrder());
    }

    /// A file's stretches, straight from the archive.
    private final class Content implements FileContent {
        private final TarEntry entry;
        private final TarReader reader;

        Content(TarEntry entry, TarReader reader) throws TarException {
            this.entry = entry;
            this.reader = reader;
            fileBytes += entry.size();
            if (fileBytes > limits.fileBytes() || fileBytes < 0) {
                throw new TarException(
                        "files claim more than " + limits.fileBytes() + " bytes together");
            }
        }

        @Override
        public long size() {
            return entry.size();
        }

        @Override
        public void writeTo(Sink sink) throws IOException {
            for (var stretch : entry.stretches()) {
                var done = 0L;
                while (done < stretch.length()) {
                    var count =
                            reader.read(
                                    buffer,
                                    0,
                                    (int) Math.min(buffer.length, stretch.length() - done));
                    sink.write(stretch.offset() + done, buffer, count);
                    done += count;
                }
            }
        }
    }
}
