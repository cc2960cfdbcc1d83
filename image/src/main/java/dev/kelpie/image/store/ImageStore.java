package dev.kelpie.image.store;

import dev.kelpie.image.BadImageException;
import dev.kelpie.image.Image;
import dev.kelpie.image.ImageException;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Manifest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/// Blobs, layers and names of one root, and the garbage collection that ties them together. Who
/// puts an image together holds a [Lease] until [#add] has named it.
public final class ImageStore {

    private static final System.Logger LOG = System.getLogger(ImageStore.class.getName());

    private final Disk disk;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final NameIndex index;
    private final BuildCache cache;
    private final ParsedImages parsed;
    private final Leases leases = new Leases();
    private final KeyedLocks locks = new KeyedLocks();
    private final ReentrantLock collecting = new ReentrantLock();

    ImageStore(Disk disk, UnpackLimits limits) {
        this.disk = disk;
        this.blobs = new BlobStore(disk);
        this.layers = new LayerStore(disk, blobs, limits);
        this.index = new NameIndex(disk);
        this.cache = new BuildCache(disk, blobs, layers);
        this.parsed = new ParsedImages(disk, blobs, layers);
    }

    /// Opens or makes the store below `root` and clears away what a crash left.
    public static ImageStore open(Path root, LayerTrees trees, UnpackLimits limits) {
        return open(new Disk(root, trees, change -> {}), limits);
    }

    static ImageStore open(Disk disk, UnpackLimits limits) {
        var store = new ImageStore(disk, limits);
        try {
            store.blobs.open();
            store.layers.open();
            var crashed = disk.clearIngest();
            store.index.open();
            if (crashed) {
                // not at every start: it reads every image
                store.collect();
            }
        } catch (IOException e) {
            throw disk.failed("open the image store '" + disk.root() + "'", e);
        }
        return store;
    }

    public Lease lease() {
        return leases.take();
    }

    /// Whether a blob is here; it then stays until the lease ends.
    public boolean hasBlob(Digest digest, Lease lease) {
        return blobs.has(digest, lease);
    }

    public BlobWriter writeBlob() {
        try {
            return blobs.write();
        } catch (IOException e) {
            throw disk.failed("write to '" + disk.root() + "'", e);
        }
    }

    /// Stores a few bytes as a blob.
    public Digest putBlob(byte[] bytes, Lease lease) {
        var digest = Digest.of(bytes);
        if (blobs.has(digest, lease)) {
            return digest;
        }
        try (var writer = writeBlob()) {
            writer.write(bytes, 0, bytes.length);
            return writer.commit(lease);
        }
    }

    public InputStream openBlob(Digest digest) throws IOException {
        return blobs.stream(digest);
    }

    public byte[] readBlob(Digest digest, int most, String what) {
        try {
            return blobs.read(digest, most, what);
        } catch (IOException e) {
            throw disk.failed("read " + what, e);
        }
    }

    /// Held while one blob is fetched, so that nobody else fetches it too.
    public BlobLock lockBlob(Digest digest) throws InterruptedException {
        var held = locks.lock(digest);
        return held::close;
    }

    /// Whether the layer stack is unpacked; it then stays until the lease ends.
    public boolean hasLayer(Digest chainId, Lease lease) {
        return layers.has(chainId, lease);
    }

    /// Unpacks the layers of one image, each when its turn comes; see [Unpacking#layer].
    public Unpacking unpacking(Manifest manifest, ImageConfig config, String what, Lease lease) {
        return new Unpacking(layers, manifest, config, what, lease);
    }

    /// Unpacks all layers of an image whose blobs are here.
    public void unpackAll(Manifest manifest, ImageConfig config, String what, Lease lease)
            throws InterruptedException {
        var unpacking = unpacking(manifest, config, what, lease);
        var tasks = new ArrayList<Workers.Task>();
        for (var i = 0; i < manifest.layers().size(); i++) {
            var number = i;
            tasks.add(() -> unpacking.layer(number));
        }
        Workers.run(tasks);
    }

    /// Takes over a tree (on the store's file system) as the topmost of these layers; `size` is
    /// that of its tar, whose digest is the last diffID.
    public void adopt(List<Digest> diffIds, Path tree, long size, Lease lease)
            throws InterruptedException {
        layers.adopt(ImageConfig.chainIds(diffIds).getLast(), diffIds.getLast(), tree, size, lease);
    }

    /// What steps of builds came to.
    public BuildCache cache() {
        return cache;
    }

    /// How trees are read and written.
    public LayerTrees trees() {
        return disk.trees();
    }

    /// The steps of builds that are kept for the next one.
    public KeptSteps keptSteps() {
        return new KeptSteps(this, disk, cache);
    }

    /// Where the layers with these diffIDs (lowest first) are or will be unpacked, top first.
    public List<Path> layerDirectories(List<Digest> diffIds) {
        return ImageConfig.chainIds(diffIds).reversed().stream().map(layers::diff).toList();
    }

    /// Names an image whose blobs and layers are here; this is what makes it one of the images.
    public Image add(Descriptor manifest, List<ImageReference> names) {
        change(entries -> NameIndex.with(entries, manifest, names));
        var image = image(manifest.digest());
        image.ifPresent(this::forgetTwins);
        return image.orElseThrow(
                () -> new BadImageException("image " + manifest.digest() + " is damaged"));
    }

    private void forgetTwins(Image image) {
        var twins = new Twins(parsed, new ListContent(this));
        change(entries -> twins.without(entries, image));
    }

    /// Takes names away; an image that loses its last one stays without.
    public void unname(List<ImageReference> names) {
        change(entries -> NameIndex.withoutNames(entries, names));
    }

    /// Takes an image out of the index without touching its content.
    void forget(Digest manifest) {
        change(entries ->
                entries.stream()
                        .filter(entry -> !entry.manifest().digest().equals(manifest))
                        .toList());
    }

    /// Takes images away by their manifests, and everything that nothing else needs.
    public void remove(Set<Digest> manifests) {
        var chains = new HashSet<Digest>();
        manifests.forEach(digest ->
                image(digest).ifPresent(image -> chains.addAll(image.config().chainIds())));
        change(entries ->
                entries.stream()
                        .filter(entry -> !manifests.contains(entry.manifest().digest()))
                        .toList());
        forgetSteps(chains);
        collectGarbage();
    }

    /// Steps of builds whose layers went with an image.
    private void forgetSteps(Set<Digest> chains) {
        images().forEach(image -> chains.removeAll(image.config().chainIds()));
        try {
            if (!chains.isEmpty()) {
                cache.forget(chains);
            }
        } catch (IOException e) {
            throw disk.failed("clean up '" + disk.root() + "'", e);
        }
    }

    /// Deletes what no image needs; for after a failure, when blobs came but no image did.
    public void collectGarbage() {
        try {
            collect();
        } catch (IOException e) {
            throw disk.failed("clean up '" + disk.root() + "'", e);
        }
    }

    /// The descriptor that a name or manifest is listed with.
    public Optional<Descriptor> descriptor(Digest manifest) {
        return index.entries().stream()
                .map(NameIndex.Entry::manifest)
                .filter(descriptor -> descriptor.digest().equals(manifest))
                .findFirst();
    }

    /// Every list of images that was made or named here, by its names.
    public Map<ImageReference, Descriptor> lists() {
        var lists = new LinkedHashMap<ImageReference, Descriptor>();
        for (var entry : index.entries()) {
            if (entry.isList()) {
                entry.name().ifPresent(name -> lists.put(name, entry.manifest()));
            }
        }
        return lists;
    }

    /// A manifest that is here as a list has it: with the platform that its configuration names.
    public Descriptor listed(Descriptor manifest) {
        return manifest.withPlatform(parsed.parse(manifest).config().platform());
    }

    /// Names a list of images, whose blob and whose images' blobs are here.
    public void addList(Descriptor list, ImageReference name) {
        change(entries -> NameIndex.with(entries, list, List.of(name)));
    }

    /// When a blob came here.
    public Instant since(Digest digest) {
        return blobs.since(digest);
    }

    /// Whether a blob's bytes are here, whoever holds them.
    boolean hasBlob(Digest digest) {
        return blobs.has(digest);
    }

    /// A manifest that carries this annotation in the index.
    public Optional<Digest> findByAnnotation(String key, String value) {
        return index.entries().stream()
                .filter(entry -> entry.annotation(key).filter(value::equals).isPresent())
                .map(entry -> entry.manifest().digest())
                .findFirst();
    }

    /// Every image once. One that cannot be read any more is passed over with a warning in the log.
    public List<Image> images() {
        var byManifest = new LinkedHashMap<Digest, List<NameIndex.Entry>>();
        for (var entry : index.entries()) {
            if (entry.isList()) {
                continue;
            }
            byManifest
                    .computeIfAbsent(entry.manifest().digest(), any -> new ArrayList<>())
                    .add(entry);
        }
        var images = new ArrayList<Image>();
        byManifest.values().forEach(entries -> parsed.image(entries).ifPresent(images::add));
        return images;
    }

    public Optional<Image> image(Digest manifest) {
        var entries =
                index.entries().stream()
                        .filter(entry -> !entry.isList())
                        .filter(entry -> entry.manifest().digest().equals(manifest))
                        .toList();
        return entries.isEmpty() ? Optional.empty() : parsed.image(entries);
    }

    /// Looks whether all is there and what it claims to be, and mends what can be.
    ///
    /// @param deep reads every byte, else only what is small
    /// @param repair takes damaged blobs away and unpacks missing layers anew; images of `doomed`
    ///   that stay damaged are forgotten
    public List<Damage> check(boolean deep, boolean repair, Predicate<Digest> doomed)
            throws InterruptedException {
        try (var lease = lease()) {
            return new StoreCheck(this, blobs, layers, lease)
                    .run(index.entries(), deep, repair, doomed);
        } finally {
            if (repair) {
                parsed.clear();
                collectGarbage();
            }
        }
    }

    /// How many bytes a layer stack's top has on disk, unpacked.
    public long layerSize(Digest chainId) {
        return layers.size(chainId);
    }

    private void change(UnaryOperator<List<NameIndex.Entry>> change) {
        try {
            index.change(change);
        } catch (IOException e) {
            throw disk.failed("write the image names", e);
        }
    }

    /// Deletes what no image, and nobody who is making one, can reach.
    private void collect() throws IOException {
        List<Path> doomed;
        collecting.lock();
        leases.beginCollection();
        try {
            var reachable = reachable();
            doomed = reachable.isPresent() ? collect(reachable.get()) : List.of();
        } finally {
            leases.endCollection();
            collecting.unlock();
        }
        for (var tree : doomed) {
            disk.discard(tree);
        }
    }

    /// Returns the layer directories, renamed away but not yet deleted.
    private List<Path> collect(Set<Digest> reachable) throws IOException {
        for (var blob : blobs.all()) {
            if (!reachable.contains(blob)) {
                leases.delete(blob, () -> blobs.delete(blob));
            }
        }
        var doomed = new ArrayList<Path>();
        for (var layer : layers.all()) {
            if (!reachable.contains(layer)) {
                leases.delete(layer, () -> doomed.add(layers.unlink(layer)));
            }
        }
        parsed.retain(reachable);
        return doomed;
    }

    private Optional<Set<Digest>> reachable() throws IOException {
        var reachable = new HashSet<Digest>();
        for (var entry : index.entries()) {
            reachable.add(entry.manifest().digest());
            entry.index().ifPresent(reachable::add);
            try {
                if (entry.isList()) {
                    reachable.addAll(new ListContent(this).of(entry.manifest()));
                    continue;
                }
                var content = parsed.parse(entry.manifest());
                reachable.add(content.manifest().config().digest());
                content.manifest().layers().forEach(layer -> reachable.add(layer.digest()));
                reachable.addAll(content.config().chainIds());
            } catch (ImageException e) {
                // what it needs cannot be told, and a container may run on it
                LOG.log(
                        System.Logger.Level.WARNING,
                        "nothing is deleted: image " + entry.manifest().digest() + " is damaged",
                        e);
                return Optional.empty();
            }
        }
        reachable.addAll(cache.reachable());
        return Optional.of(reachable);
    }
}
