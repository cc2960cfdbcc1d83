package dev.kelpie.image;

import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.store.Damage;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.KeptSteps;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// What the images take of the disk, and whether it is as it should be.
public final class Storage {

    /// One layer stack of an image, lowest first.
    ///
    /// @param tops images of which it is all
    public record Layer(Digest chainId, long size, List<Image> tops) {
        public Layer {
            tops = List.copyOf(tops);
        }
    }

    /// An image's part: what other images have too, and what it has alone.
    public record Share(Image image, long shared, long own) {}

    private final ImageStore store;
    private final Supplier<List<Image>> images;

    Storage(ImageStore store, Supplier<List<Image>> images) {
        this.store = store;
        this.images = images;
    }

    /// The layers of an image, lowest first.
    public List<Layer> layers(Image image) {
        var all = images.get();
        var layers = new ArrayList<Layer>();
        for (var chainId : image.config().chainIds()) {
            var tops =
                    all.stream()
                            .filter(each -> !each.config().chainIds().isEmpty())
                            .filter(each -> each.config().chainIds().getLast().equals(chainId))
                            .toList();
            layers.add(new Layer(chainId, store.layerSize(chainId), tops));
        }
        return layers;
    }

    /// Images that stand on all layers of this one, itself left out.
    public List<Image> above(Image image) {
        var base = image.config().chainIds();
        return images.get().stream()
                .filter(each -> !each.id().equals(image.id()))
                .filter(each ->
                        !base.isEmpty() && each.config().chainIds().contains(base.getLast()))
                .toList();
    }

    /// What each image takes.
    public List<Share> shares() {
        var all = images.get();
        var uses = uses(all);
        var shares = new ArrayList<Share>();
        for (var image : all) {
            long shared = 0;
            long own = 0;
            for (var chainId : Set.copyOf(image.config().chainIds())) {
                long size = store.layerSize(chainId);
                if (uses.getOrDefault(chainId, 0) > 1) {
                    shared += size;
                } else {
                    own += size;
                }
            }
            shares.add(new Share(image, shared, own));
        }
        return shares;
    }

    /// What the cache of builds keeps that no image has.
    public KeptSteps.Use cacheUse() {
        return store.keptSteps().use();
    }

    /// What the layers of these images take together, shared ones once.
    public long size(List<Image> some) {
        var chainIds = new HashSet<Digest>();
        some.forEach(image -> chainIds.addAll(image.config().chainIds()));
        return chainIds.stream().mapToLong(store::layerSize).sum();
    }

    private static Map<Digest, Integer> uses(List<Image> images) {
        var uses = new HashMap<Digest, Integer>();
        for (var image : images) {
            Set.copyOf(image.config().chainIds()).forEach(id -> uses.merge(id, 1, Integer::sum));
        }
        return uses;
    }

    /// Reads what is stored; see [ImageStore#check]. Images in use are never forgotten.
    public List<Damage> check(boolean deep, boolean repair, Set<Digest> inUse)
            throws InterruptedException {
        return store.check(deep, repair, id -> !inUse.contains(id));
    }
}
