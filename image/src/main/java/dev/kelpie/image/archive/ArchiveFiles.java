package dev.kelpie.image.archive;

import dev.kelpie.image.BadArchiveException;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.LayerPath;
import dev.kelpie.image.store.Lease;
import dev.kelpie.image.tar.TarEntry;
import dev.kelpie.image.tar.TarReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// What an archive holds, by name. The bytes are blobs in the store already, under the digest they
/// really have; no name of the archive ever becomes a name on disk.
final class ArchiveFiles {

    private static final int MOST_FILES = 20_000;
    private static final int MOST_LINKS_IN_A_ROW = 8;
    private static final String BLOBS = "blobs/sha256/";

    /// A file's real digest and size.
    record Stored(Digest digest, long size) {}

    private final ImageStore store;
    private final Lease lease;
    private final Map<String, Stored> files = new HashMap<>();
    private final Map<String, String> links = new HashMap<>();

    ArchiveFiles(ImageStore store, Lease lease) {
        this.store = store;
        this.lease = lease;
    }

    /// Takes all entries of a tar stream.
    void take(TarReader reader) throws IOException, InterruptedException {
        for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            try {
                take(entry.get(), reader);
            } catch (IllegalArgumentException e) {
                throw new BadArchiveException("entry: " + e.getMessage(), e);
            }
            if (files.size() + links.size() > MOST_FILES) {
                throw new BadArchiveException("it has more than " + MOST_FILES + " entries");
            }
        }
        reader.drain();
    }

    /// Takes one file of a folder.
    void take(String name, InputStream content) throws IOException {
        if (files.size() >= MOST_FILES) {
            throw new BadArchiveException("it has more than " + MOST_FILES + " entries");
        }
        files.put(name, store(name, content));
    }

    private void take(TarEntry entry, TarReader reader) throws IOException {
        var name = path(entry.name());
        switch (entry.type()) {
            case FILE -> files.put(name.toString(), store(name.toString(), reader.content()));
            case SYMLINK -> {
                var beside = name.parent().isRoot() ? "" : name.parent() + "/";
                links.put(name.toString(), normal(beside + utf8(entry.linkName())));
            }
            case HARD_LINK -> links.put(name.toString(), path(entry.linkName()).toString());
            case DIRECTORY -> {}
            case CHARACTER_DEVICE, BLOCK_DEVICE, FIFO ->
                    throw new BadArchiveException(
                            "entry '" + name + "' is a device, which no image archive holds");
        }
    }

    private Stored store(String name, InputStream content) throws IOException {
        try (var writer = store.writeBlob()) {
            writer.copyFrom(content);
            if (name.startsWith(BLOBS)) {
                var claimed = new Digest(name.substring(BLOBS.length()));
                writer.commit(lease, claimed, "entry '" + name + "'");
                return new Stored(claimed, writer.size());
            }
            return new Stored(writer.commit(lease), writer.size());
        }
    }

    /// A blob, where an image layout has it or a folder of one image.
    Optional<Stored> blob(Digest digest) {
        return get(BLOBS + digest.hex()).or(() -> get(digest.hex()));
    }

    /// The file of this name, through links inside the archive.
    Optional<Stored> get(String name) {
        var at = name;
        for (var i = 0; i < MOST_LINKS_IN_A_ROW; i++) {
            var file = files.get(at);
            if (file != null) {
                return Optional.of(file);
            }
            var target = links.get(at);
            if (target == null) {
                return Optional.empty();
            }
            at = target;
        }
        throw new BadArchiveException("entry '" + name + "' is a link that leads nowhere");
    }

    /// A small file's bytes.
    Optional<byte[]> read(String name, int most) {
        return get(name).map(file -> store.readBlob(file.digest(), most, "entry '" + name + "'"));
    }

    private static LayerPath path(String name) {
        return LayerPath.parse(name.getBytes(StandardCharsets.ISO_8859_1));
    }

    private static String utf8(String name) {
        return new String(name.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    /// Docker's links to shared layers are relative, `../ID/layer.tar`; what climbs out is refused.
    private static String normal(String path) {
        var parts = new java.util.ArrayDeque<String>();
        for (var part : path.split("/", -1)) {
            if (part.equals("..")) {
                if (parts.pollLast() == null) {
                    throw new IllegalArgumentException("link leaves the archive: '" + path + "'");
                }
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return String.join("/", parts);
    }
}
