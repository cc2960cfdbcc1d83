package dev.kelpie.image.archive;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.ImageStoreException;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.tar.TarAttributes;
import dev.kelpie.image.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/// Saves images as an archive. A file or folder gets its name when it is complete; after a failure
/// there is none, and what had the name before is as it was.
public final class ArchiveSaver {

    private final ImageStore store;
    private final ArchiveFormat format;
    private final boolean compress;

    /// @param compress makes gzip of the layers of a docker-dir
    public ArchiveSaver(ImageStore store, ArchiveFormat format, boolean compress) {
        this.store = store;
        this.format = format;
        this.compress = compress;
    }

    /// Writes an archive to a stream, which stays open; the format must be one that is a file.
    public void save(List<SavedImage> images, OutputStream out) throws InterruptedException {
        try {
            tar(images, out);
        } catch (IOException e) {
            throw failed("<stdout>", e);
        }
    }

    /// Writes a file or, when the format is one, a folder. A pipe or device that is there already
    /// is written to; a folder that is there must be empty.
    public void save(List<SavedImage> images, Path path) throws InterruptedException {
        try {
            if (!format.isDirectory() && Files.exists(path) && !Files.isRegularFile(path)) {
                try (var out = Files.newOutputStream(path, StandardOpenOption.WRITE)) {
                    tar(images, out);
                }
                return;
            }
            if (format.isDirectory() && Files.exists(path) && !isEmptyDirectory(path)) {
                throw new ImageStoreException("cannot save to '" + path + "': it is there already");
            }
            beside(images, path);
        } catch (IOException e) {
            throw failed(path.toString(), e);
        }
    }

    private void beside(List<SavedImage> images, Path path)
            throws IOException, InterruptedException {
        var real = Files.isSymbolicLink(path) ? path.toRealPath() : path;
        var half = real.resolveSibling("." + real.getFileName() + "." + UUID.randomUUID());
        try {
            if (format.isDirectory()) {
                Files.createDirectory(half);
                directory(images, half);
                Files.deleteIfExists(real);
            } else {
                try (var out = Files.newOutputStream(half, StandardOpenOption.CREATE_NEW)) {
                    tar(images, out);
                }
            }
            Files.move(half, real, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(half);
        }
    }

    private void tar(List<SavedImage> images, OutputStream out)
            throws IOException, InterruptedException {
        var plain = TarAttributes.of(0, 0, 0444, Instant.EPOCH);
        try (var lease = store.lease()) {
            var tar = new TarWriter(out);
            var writer =
                    new ArchiveWriter(
                            store,
                            lease,
                            (name, size, content) -> tar.file(name, plain, size, content));
            if (format == ArchiveFormat.OCI_ARCHIVE) {
                writer.oci(only(images));
            } else {
                writer.dockerArchive(images);
            }
            tar.close();
            out.flush();
        }
    }

    private void directory(List<SavedImage> images, Path directory)
            throws IOException, InterruptedException {
        try (var lease = store.lease()) {
            var writer = new ArchiveWriter(store, lease, new DirectoryTarget(directory));
            if (format == ArchiveFormat.OCI_DIR) {
                writer.oci(only(images));
            } else {
                writer.dockerDirectory(only(images), compress);
            }
        } finally {
            // layers that were compressed for this only
            store.collectGarbage();
        }
    }

    private SavedImage only(List<SavedImage> images) {
        if (images.size() != 1) {
            throw new BadImageException("'" + format + "' holds one image, not " + images.size());
        }
        return images.getFirst();
    }

    private static boolean isEmptyDirectory(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (var children = Files.newDirectoryStream(path)) {
            return !children.iterator().hasNext();
        }
    }

    private static void delete(Path half) throws IOException {
        if (Files.exists(half)) {
            try (var all = Files.walk(half)) {
                for (var each : all.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(each);
                }
            }
        }
    }

    private static ImageStoreException failed(String where, IOException e) {
        return new ImageStoreException("cannot save to '" + where + "': " + reason(e), e);
    }

    /// Without the name of the half-made file, which nobody typed.
    private static String reason(IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file or directory";
            case AccessDeniedException _ -> "permission denied";
            case FileSystemException other when other.getReason() != null -> other.getReason();
            default -> String.valueOf(e.getMessage());
        };
    }
}
