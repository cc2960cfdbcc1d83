package dev.kelpie.image.store;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.spec.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// `content/blobs/sha256`: immutable bytes under the name of their digest (image-spec,
/// image-layout.md).
final class BlobStore {

    private final Disk disk;
    private final Path directory;

    BlobStore(Disk disk) {
        this.disk = disk;
        this.directory = disk.root().resolve("content/blobs/sha256");
    }

    void open() throws IOException {
        disk.makeDirectory(directory);
    }

    Path path(Digest digest) {
        return directory.resolve(digest.hex());
    }

    /// Whether the blob is here; if so it stays while the lease lasts.
    boolean has(Digest digest, Lease lease) {
        lease.hold(digest);
        return Files.exists(path(digest));
    }

    boolean has(Digest digest) {
        return Files.exists(path(digest));
    }

    /// When it came; the epoch when it is not here.
    Instant since(Digest digest) {
        try {
            return Files.getLastModifiedTime(path(digest)).toInstant();
        } catch (IOException e) {
            return Instant.EPOCH;
        }
    }

    BlobWriter write() throws IOException {
        return new BlobWriter(disk, this);
    }

    InputStream stream(Digest digest) throws IOException {
        return Files.newInputStream(path(digest));
    }

    byte[] read(Digest digest, int most, String what) throws IOException {
        try (var in = stream(digest)) {
            var bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new BadImageException(what + " is larger than " + most + " bytes");
            }
            if (!Digest.of(bytes).equals(digest)) {
                // out of the way, so that the next pull or load brings it anew
                disk.discard(path(digest));
                throw new BadImageException(what + " is damaged on disk: " + path(digest));
            }
            return bytes;
        }
    }

    List<Digest> all() throws IOException {
        var digests = new ArrayList<Digest>();
        try (var files = Files.newDirectoryStream(directory, "[0-9a-f]*")) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                if (name.length() == 64) {
                    digests.add(new Digest(name));
                }
            }
        }
        return digests;
    }

    void delete(Digest digest) throws IOException {
        disk.discard(path(digest));
    }
}
