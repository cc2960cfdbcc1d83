package dev.kelpie.image.store;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.zip.ZipException;

/// `layers/CHAINID`: `diff`, the unpacked layer, and `layer.json`, what it is. A directory of that
/// name is complete and verified: it got its name as the last step.
final class LayerStore {

    /// Waits until the layers below are there and says where, top first.
    interface Lowers {
        List<Path> await() throws InterruptedException;
    }

    private static final long WORTH_A_THREAD = 1 << 20;

    private final Disk disk;
    private final BlobStore blobs;
    private final UnpackLimits limits;
    private final Path directory;
    private final KeyedLocks locks = new KeyedLocks();
    private final ConcurrentHashMap<Digest, Long> sizes = new ConcurrentHashMap<>();

    /// Unpacking is bound by the processor; more at a time only costs memory.
    private final Semaphore processors =
            new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()), true);

    LayerStore(Disk disk, BlobStore blobs, UnpackLimits limits) {
        this.disk = disk;
        this.blobs = blobs;
        this.limits = limits;
        this.directory = disk.root().resolve("layers");
    }

    void open() throws IOException {
        disk.makeDirectory(directory);
    }

    Path diff(Digest chainId) {
        return directory.resolve(chainId.hex()).resolve("diff");
    }

    boolean has(Digest chainId, Lease lease) {
        lease.hold(chainId);
        return Files.isDirectory(diff(chainId));
    }

    /// Unpacks `blob` as `chainId` unless that is there; false when it was. `what` names image and
    /// layer.
    boolean unpack(Digest chainId, Layer layer, Lowers lowers, Lease lease)
            throws InterruptedException {
        try (var _ = locks.lock(chainId)) {
            if (has(chainId, lease)) {
                return false;
            }
            var temporary = disk.createTemporaryDirectory("layer");
            try {
                fill(temporary, chainId, layer, lowers);
                disk.rename(temporary, directory.resolve(chainId.hex()));
                return true;
            } catch (IOException | RuntimeException | InterruptedException e) {
                disk.discardQuietly(temporary, e);
                throw e;
            }
        } catch (IOException e) {
            throw disk.failed("store the " + layer.what(), e);
        }
    }

    /// Takes a finished tree over as `chainId`, unless that is there; `size` is that of its tar.
    void adopt(Digest chainId, Digest diffId, Path tree, long size, Lease lease)
            throws InterruptedException {
        try (var _ = locks.lock(chainId)) {
            if (has(chainId, lease)) {
                return;
            }
            var temporary = disk.createTemporaryDirectory("layer");
            try {
                disk.rename(tree, temporary.resolve("diff"));
                describe(temporary, chainId, diffId, size);
                try (var open = disk.trees().open(temporary.resolve("diff"))) {
                    open.sync();
                }
                disk.syncDirectory(temporary);
                disk.rename(temporary, directory.resolve(chainId.hex()));
            } catch (IOException | RuntimeException e) {
                disk.discardQuietly(temporary, e);
                throw e;
            }
        } catch (IOException e) {
            throw disk.failed("store layer " + diffId, e);
        }
    }

    private void describe(Path temporary, Digest chainId, Digest diffId, long size)
            throws IOException {
        var json = ImageJson.newObject();
        json.put("chainId", chainId.toString());
        json.put("diffId", diffId.toString());
        json.put("size", size);
        disk.write(temporary.resolve("layer.json"), ImageJson.bytes(json));
    }

    /// A layer to unpack: its blob, what it must come to, and its name in messages.
    record Layer(Descriptor blob, Digest diffId, String what) {}

    private void fill(Path temporary, Digest chainId, Layer layer, Lowers lowers)
            throws IOException, InterruptedException {
        var diff = temporary.resolve("diff");
        disk.makeDirectory(diff);
        try (var tree = disk.trees().open(diff)) {
            var unpacker = new LayerUnpacker(tree, limits);
            long size;
            processors.acquire();
            try {
                size = extract(layer, unpacker);
            } finally {
                processors.release();
            }
            var below = lowers.await();
            unpacker.settle(below);
            describe(temporary, chainId, layer.diffId(), size);
            tree.sync();
        }
        disk.syncDirectory(temporary);
    }

    private long extract(Layer layer, LayerUnpacker unpacker)
            throws IOException, InterruptedException {
        var most =
                Math.min(
                        limits.bytes(),
                        Math.max(limits.freeBytes(), layer.blob().size() * limits.ratio()));
        CountingInput counted;
        try (var file = blobs.stream(layer.blob().digest());
                var plain = Decompression.of(file)) {
            counted = new CountingInput(plain, disk.trees().sha256(), most);
            try {
                read(counted, layer.blob().size(), unpacker);
            } catch (InterruptedIOException e) {
                throw new InterruptedException();
            } catch (IOException e) {
                if (isOurs(e)) {
                    throw e;
                }
                throw bad(layer, e);
            }
        } catch (ZipException e) {
            throw bad(layer, e);
        }
        if (!counted.digest().equals(layer.diffId())) {
            throw new BadImageException(
                    layer.what()
                            + " is not what it claims: expected diffID "
                            + layer.diffId()
                            + ", got "
                            + counted.digest());
        }
        return counted.count();
    }

    /// What is large is taken off its compression by another thread than the one that writes it,
    /// while no other layer wants the processor for that.
    private void read(InputStream layer, long stored, LayerUnpacker unpacker)
            throws IOException, InterruptedException {
        if (stored < WORTH_A_THREAD || !processors.tryAcquire()) {
            unpacker.unpack(layer);
            return;
        }
        try (var ahead = new ReadAhead(layer)) {
            unpacker.unpack(ahead);
        } finally {
            processors.release();
        }
    }

    private static BadImageException bad(Layer layer, IOException cause) {
        var message = cause.getMessage();
        return new BadImageException(
                layer.what() + ": " + (message == null ? "is damaged" : message), cause);
    }

    /// Whether the disk, not the layer, is at fault.
    private static boolean isOurs(IOException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            var message = String.valueOf(cause.getMessage());
            if (cause instanceof FileSystemException
                    || message.contains("No space left on device")
                    || message.contains("Disk quota exceeded")) {
                return true;
            }
        }
        return false;
    }

    /// Bytes of the unpacked stream.
    long size(Digest chainId) {
        return sizes.computeIfAbsent(chainId, this::readSize);
    }

    private long readSize(Digest chainId) {
        var file = directory.resolve(chainId.hex()).resolve("layer.json");
        try {
            return ImageJson.object(Files.readAllBytes(file), "'" + file + "'")
                    .path("size")
                    .asLong();
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw disk.failed("read '" + file + "'", e);
        }
    }

    List<Digest> all() throws IOException {
        var layers = new ArrayList<Digest>();
        try (var files = Files.newDirectoryStream(directory, "[0-9a-f]*")) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                if (name.length() == 64) {
                    layers.add(new Digest(name));
                }
            }
        }
        return layers;
    }

    /// Out of sight at once; the caller discards what comes back.
    Path unlink(Digest chainId) throws IOException {
        sizes.remove(chainId);
        return disk.unlink(directory.resolve(chainId.hex()));
    }
}
