package dev.kelpie.image.store;

import dev.kelpie.image.spec.Digest;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/// What the cache of builds takes, and how it is kept from growing.
public final class KeptSteps {

    /// What only the cache keeps may grow to this by itself.
    private static final long MOST = 20L << 30;

    private final ImageStore store;
    private final Disk disk;
    private final BuildCache cache;

    KeptSteps(ImageStore store, Disk disk, BuildCache cache) {
        this.store = store;
        this.disk = disk;
        this.cache = cache;
    }

    /// What the cache keeps.
    ///
    /// @param steps all that are remembered
    /// @param bytes of the layers that no image has
    public record Use(int steps, long bytes) {}

    public Use use() {
        try {
            var own = cache.own(layersOfImages());
            return new Use(cache.size(), own.values().stream().mapToLong(Long::longValue).sum());
        } catch (IOException e) {
            throw disk.failed("read '" + disk.root() + "'", e);
        }
    }

    /// Forgets steps of builds: all, or those whose layers no image has; how many.
    public int prune(boolean all) {
        try {
            var pruned = cache.prune(all ? Set.of() : layersOfImages()).size();
            if (all) {
                disk.discard(cache.mounts());
            }
            store.collectGarbage();
            return pruned;
        } catch (IOException e) {
            throw disk.failed("clean up '" + disk.root() + "'", e);
        }
    }

    /// Forgets the steps used longest ago until the layers that only the cache keeps take at most
    /// so many bytes; how many it forgot.
    public int trim(long most) {
        try {
            var count = cache.trim(most, layersOfImages());
            if (count > 0) {
                store.collectGarbage();
            }
            return count;
        } catch (IOException e) {
            throw disk.failed("clean up '" + disk.root() + "'", e);
        }
    }

    /// Keeps the cache from filling the disk, after a build that added to it.
    public void settle() {
        if (cache.hasGrown()) {
            trim(MOST);
        }
    }

    private Set<Digest> layersOfImages() {
        var used = new HashSet<Digest>();
        store.images().forEach(image -> used.addAll(image.config().chainIds()));
        return used;
    }
}
