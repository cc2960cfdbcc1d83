package dev.kelpie.image.build;

import dev.kelpie.image.store.BuildCache;
import java.io.IOException;
import java.util.Collection;
import java.util.TreeMap;

/// What of files counts for whether a step has to be done again: names, contents, owners and modes,
/// not times.
final class CopyKey {

    private CopyKey() {}

    static void add(StepKey key, Collection<CopyItem> items, BuildCache digests)
            throws IOException {
        for (var item : items) {
            key.add(item.path()).add(item.kind().name()).add(item.linkTarget());
            key.add(item.owner().uid() + ":" + item.owner().gid() + ":" + item.mode());
            new TreeMap<>(item.xattrs()).forEach((name, value) -> key.add(name).add(value));
            if (item.source().isPresent()) {
                key.add(digests.digest(item.source().get()).toString());
            }
        }
        key.add("#" + items.size());
    }
}
