package dev.kelpie.image.store;

import dev.kelpie.image.ImageException;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/// `build-cache/KEY`: the layers that steps of builds made, by what the steps depended on. What is
/// listed here is not garbage; what is not there any more is as if it were not listed.
public final class BuildCache {

    private static final int LARGEST = 1 << 16;

    /// What a step came to; without a layer it changed nothing.
    public record Made(Optional<Layer> layer) {}

    /// A layer, and what it is called on top of those below it.
    public record Layer(Descriptor blob, Digest diffId, Digest chainId) {}

    private final Disk disk;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final Path directory;
    private final AtomicBoolean grown = new AtomicBoolean();
    private final ConcurrentHashMap<FileState, Digest> files = new ConcurrentHashMap<>();

    BuildCache(Disk disk, BlobStore blobs, LayerStore layers) {
        this.disk = disk;
        this.blobs = blobs;
        this.layers = layers;
        this.directory = disk.root().resolve("build-cache");
    }

    /// Directories of `RUN --mount=type=cache`.
    public Path mounts() {
        return disk.root().resolve("build-mounts");
    }

    /// What the step came to when it was done before, if all of that is still here; it then stays
    /// until the lease ends.
    public Optional<Made> find(Digest key, Lease lease) {
        var found =
                read(key)
                        .filter(made ->
                                made.layer().isEmpty()
                                        || (blobs.has(made.layer().get().blob().digest(), lease)
                                                && layers.has(
                                                        made.layer().get().chainId(), lease)));
        found.ifPresent(any -> touch(key));
        return found;
    }

    /// The steps used last are the last to be forgotten.
    private void touch(Digest key) {
        try {
            Files.setLastModifiedTime(directory.resolve(key.hex()), FileTime.from(Instant.now()));
        } catch (IOException e) {
            // forgotten meanwhile, which is no loss
        }
    }

    public void put(Digest key, Made made) {
        var json = ImageJson.newObject();
        made.layer()
                .ifPresent(layer -> {
                    json.set("blob", ImageJson.toJson(layer.blob()));
                    json.put("diffId", layer.diffId().toString());
                    json.put("chainId", layer.chainId().toString());
                });
        try {
            disk.makeDirectory(directory);
            disk.replaceLightly(directory.resolve(key.hex()), ImageJson.bytes(json));
            grown.set(true);
        } catch (IOException e) {
            throw disk.failed("write to '" + directory + "'", e);
        }
    }

    private Optional<Made> read(Digest key) {
        var file = directory.resolve(key.hex());
        try {
            if (!Files.exists(file) || Files.size(file) > LARGEST) {
                return Optional.empty();
            }
            var what = "'" + file + "'";
            var json = ImageJson.object(Files.readAllBytes(file), what);
            if (json.path("blob").isMissingNode()) {
                return Optional.of(new Made(Optional.empty()));
            }
            return ImageJson.read(
                    what,
                    () ->
                            Optional.of(
                                    new Made(
                                            Optional.of(
                                                    new Layer(
                                                            ImageJson.descriptor(json.path("blob")),
                                                            Digest.parse(
                                                                    json.path("diffId").asText()),
                                                            Digest.parse(
                                                                    json.path("chainId")
                                                                            .asText()))))));
        } catch (IOException | ImageException e) {
            // a crash came between writing and the disk: done again, it is written again
            return Optional.empty();
        }
    }

    /// Blobs and layers that are kept for builds to come.
    Set<Digest> reachable() throws IOException {
        var reachable = new HashSet<Digest>();
        for (var key : keys()) {
            read(key)
                    .flatMap(Made::layer)
                    .ifPresent(layer -> {
                        reachable.add(layer.blob().digest());
                        reachable.add(layer.chainId());
                    });
        }
        return reachable;
    }

    /// Forgets the steps whose layers are among these; how many.
    int forget(Set<Digest> chainIds) throws IOException {
        var count = 0;
        for (var key : keys()) {
            var layer = read(key).flatMap(Made::layer);
            if (layer.filter(made -> chainIds.contains(made.chainId())).isPresent()) {
                disk.discard(directory.resolve(key.hex()));
                count++;
            }
        }
        return count;
    }

    /// Forgets every step, or those whose layer no image has.
    List<Digest> prune(Set<Digest> used) throws IOException {
        var pruned = new ArrayList<Digest>();
        for (var key : keys()) {
            var layer = read(key).flatMap(Made::layer);
            if (layer.filter(made -> used.contains(made.chainId())).isEmpty()) {
                disk.discard(directory.resolve(key.hex()));
                pruned.add(key);
            }
        }
        return pruned;
    }

    /// Forgets the steps that were used longest ago until the layers that no image has take at most
    /// so many bytes; how many it forgot.
    int trim(long most, Set<Digest> used) throws IOException {
        var sizes = own(used);
        var left = sizes.values().stream().mapToLong(Long::longValue).sum();
        var count = 0;
        for (var layer : oldestFirst().entrySet()) {
            var size = sizes.get(layer.getKey());
            if (left > most && size != null) {
                for (var key : layer.getValue()) {
                    disk.discard(directory.resolve(key.hex()));
                    count++;
                }
                left -= size;
            }
        }
        return count;
    }

    /// The layers that only the cache keeps, with their sizes.
    Map<Digest, Long> own(Set<Digest> used) throws IOException {
        var sizes = new HashMap<Digest, Long>();
        for (var key : keys()) {
            read(key)
                    .flatMap(Made::layer)
                    .map(Layer::chainId)
                    .filter(chainId -> !used.contains(chainId))
                    .ifPresent(chainId -> sizes.put(chainId, layers.size(chainId)));
        }
        return sizes;
    }

    /// Whether anything was added since it was asked for last.
    boolean hasGrown() {
        return grown.getAndSet(false);
    }

    int size() throws IOException {
        return keys().size();
    }

    /// The steps of each layer; last the layer that was used last.
    private Map<Digest, List<Digest>> oldestFirst() throws IOException {
        var times = new HashMap<Digest, FileTime>();
        for (var key : keys()) {
            times.put(key, Files.getLastModifiedTime(directory.resolve(key.hex())));
        }
        var layers = new LinkedHashMap<Digest, List<Digest>>();
        times.entrySet().stream()
                .sorted(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .forEach(key ->
                        read(key)
                                .flatMap(Made::layer)
                                .ifPresent(layer -> {
                                    var known = layers.remove(layer.chainId());
                                    var all = new ArrayList<>(known == null ? List.of() : known);
                                    all.add(key);
                                    layers.put(layer.chainId(), all);
                                }));
        return layers;
    }

    private List<Digest> keys() throws IOException {
        var keys = new ArrayList<Digest>();
        if (Files.isDirectory(directory)) {
            try (var entries = Files.newDirectoryStream(directory, "[0-9a-f]*")) {
                for (var entry : entries) {
                    var name = String.valueOf(entry.getFileName());
                    if (name.length() == 64) {
                        keys.add(new Digest(name));
                    }
                }
            }
        }
        return keys;
    }

    /// What tells that a file is as it was.
    private record FileState(Object file, long size, FileTime modified, FileTime changed) {}

    /// The digest of a file's content; not read again while the file is as it was.
    public Digest digest(Path file) throws IOException {
        var now = Instant.now();
        var attributes = Files.readAttributes(file, "unix:ino,dev,size,lastModifiedTime,ctime");
        if (!(attributes.get("lastModifiedTime") instanceof FileTime modified)
                || !(attributes.get("ctime") instanceof FileTime changed)
                || !(attributes.get("size") instanceof Number size)) {
            return read(file);
        }
        var state =
                new FileState(
                        attributes.get("dev") + ":" + attributes.get("ino"),
                        size.longValue(),
                        modified,
                        changed);
        var known = files.get(state);
        if (known != null) {
            return known;
        }
        var digest = read(file);
        // what changed just now may change again without its times showing it
        if (changed.toInstant().isBefore(now.minusSeconds(2))) {
            if (files.size() > 100_000) {
                files.clear();
            }
            files.put(state, digest);
        }
        return digest;
    }

    private static Digest read(Path file) throws IOException {
        var hash = Digest.sha256();
        var buffer = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            for (var count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                hash.update(buffer, 0, count);
            }
        }
        return Digest.from(hash);
    }
}
