package dev.kelpie.image.build;

import dev.kelpie.image.store.LayerPath;
import dev.kelpie.image.store.RatioGuard;
import dev.kelpie.image.store.UnpackLimits;
import dev.kelpie.image.tar.TarAttributes;
import dev.kelpie.image.tar.TarEntry;
import dev.kelpie.image.tar.TarReader;
import dev.kelpie.image.tar.TarWriter;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

/// A local tar archive that ADD unpacks: its entries move below a directory of the image.
final class AddedTar {

    private final Path archive;
    private final String directory;
    private final Optional<Ownership> owner;
    private final Optional<Instant> newest;

    AddedTar(Path archive, String directory, Optional<Ownership> owner, Optional<Instant> newest) {
        this.archive = archive;
        this.directory = directory;
        this.owner = owner;
        this.newest = newest;
    }

    /// Whether the file is a tar archive, by its first header, plain or in gzip or zstd.
    static boolean isArchive(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new TarReader(new BufferedInputStream(open(in))).next().isPresent();
        } catch (java.util.zip.ZipException e) {
            throw new IOException("'" + file.getFileName() + "' is " + e.getMessage(), e);
        } catch (IOException e) {
            return false;
        }
    }

    private static InputStream open(InputStream in) throws IOException {
        return RatioGuard.decompress(in, UnpackLimits.DEFAULT);
    }

    void writeTo(TarWriter out) throws IOException {
        try (var in = Files.newInputStream(archive)) {
            var reader = new TarReader(new BufferedInputStream(open(in), 1 << 16));
            for (var entry = reader.next(); entry.isPresent(); entry = reader.next()) {
                write(entry.get(), reader, out);
            }
        } catch (IllegalArgumentException | IOException e) {
            throw new IOException("'" + archive.getFileName() + "': " + e.getMessage(), e);
        }
    }

    private void write(TarEntry entry, TarReader reader, TarWriter out) throws IOException {
        var path = LayerPath.parse(latin(entry.name()));
        if (path.isRoot()) {
            return;
        }
        var last = new String(path.name(), StandardCharsets.ISO_8859_1);
        if (last.startsWith(".wh.")) {
            throw new IOException("entry '" + path + "' has a name that layers reserve");
        }
        var name = moved(path);
        var attributes = attributes(entry);
        switch (entry.type()) {
            case FILE -> file(name, attributes, entry, reader, out);
            case DIRECTORY -> out.directory(name, attributes);
            case SYMLINK -> out.symlink(name, entry.linkName(), attributes);
            case HARD_LINK ->
                    out.hardLink(name, moved(LayerPath.parse(latin(entry.linkName()))), attributes);
            case FIFO -> out.node('6', name, attributes);
            case CHARACTER_DEVICE, BLOCK_DEVICE ->
                    throw new IOException("entry '" + path + "' is a device");
        }
    }

    private static void file(
            String name, TarAttributes attributes, TarEntry entry, TarReader reader, TarWriter out)
            throws IOException {
        var stretches = entry.stretches();
        var whole =
                stretches.isEmpty()
                        ? entry.size() == 0
                        : stretches.size() == 1 && stretches.getFirst().length() == entry.size();
        if (!whole) {
            throw new IOException("entry '" + name + "' is sparse, which ADD does not support yet");
        }
        out.file(name, attributes, entry.size(), reader.content());
    }

    private TarAttributes attributes(TarEntry entry) {
        var from = entry.attributes();
        var modified = from.modified();
        if (newest.isPresent() && modified.isAfter(newest.get())) {
            modified = newest.get();
        }
        return new TarAttributes(
                owner.map(Ownership::uid).orElse(from.uid()),
                owner.map(Ownership::gid).orElse(from.gid()),
                from.mode(),
                modified,
                from.xattrs());
    }

    private String moved(LayerPath path) {
        var name = new String(path.bytes(), StandardCharsets.ISO_8859_1);
        return directory.isEmpty() ? name : latinOf(directory) + "/" + name;
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String latinOf(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
