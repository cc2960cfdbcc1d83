package dev.kelpie.image.store;

import dev.kelpie.image.Image;
import dev.kelpie.image.ImageException;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Manifest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Images as their manifests and configurations say, each read once.
final class ParsedImages {

    private static final System.Logger LOG = System.getLogger(ImageStore.class.getName());

    /// What a manifest and its configuration say; both never change.
    record Parsed(Manifest manifest, ImageConfig config) {}

    private final Disk disk;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final ConcurrentHashMap<Digest, Parsed> parsed = new ConcurrentHashMap<>();

    ParsedImages(Disk disk, BlobStore blobs, LayerStore layers) {
        this.disk = disk;
        this.blobs = blobs;
        this.layers = layers;
    }

    /// The image of all entries of one manifest; nothing, with a warning, when it is damaged.
    Optional<Image> image(List<NameIndex.Entry> entries) {
        var descriptor = entries.getFirst().manifest();
        try {
            return Optional.of(image(entries, parse(descriptor)));
        } catch (ImageException e) {
            LOG.log(System.Logger.Level.WARNING, "image " + descriptor.digest() + " is damaged", e);
            return Optional.empty();
        }
    }

    private Image image(List<NameIndex.Entry> entries, Parsed content) {
        var names = new ArrayList<ImageReference>();
        var digests = new TreeSet<String>();
        for (var entry : entries) {
            entry.name().ifPresent(names::add);
            entry.name()
                    .ifPresent(name -> {
                        digests.add(name.repository() + "@" + entry.manifest().digest());
                        entry.index().ifPresent(i -> digests.add(name.repository() + "@" + i));
                    });
        }
        names.sort(Comparator.comparing(ImageReference::toString));
        var chain = content.config().chainIds();
        return new Image(
                content.manifest().config().digest(),
                entries.getFirst().manifest().digest(),
                names,
                List.copyOf(digests),
                content.manifest(),
                content.config(),
                chain.reversed().stream().map(layers::diff).toList(),
                chain.stream().mapToLong(layers::size).sum());
    }

    Parsed parse(Descriptor descriptor) {
        var known = parsed.get(descriptor.digest());
        if (known != null) {
            return known;
        }
        var what = "manifest " + descriptor.digest();
        var manifest =
                ImageJson.manifest(
                        read(descriptor.digest(), ImageJson.LARGEST_MANIFEST, what), what);
        var of = "configuration " + manifest.config().digest();
        var config =
                ConfigJson.parse(
                        read(manifest.config().digest(), ImageJson.LARGEST_CONFIG, of), of);
        var content = new Parsed(manifest, config);
        parsed.put(descriptor.digest(), content);
        return content;
    }

    private byte[] read(Digest digest, int most, String what) {
        try {
            return blobs.read(digest, most, what);
        } catch (IOException e) {
            throw disk.failed("read " + what, e);
        }
    }

    /// Forgets all but these.
    void retain(Set<Digest> digests) {
        parsed.keySet().retainAll(digests);
    }

    void clear() {
        parsed.clear();
    }
}
