package dev.kelpie.image.store;

import dev.kelpie.image.Image;
import dev.kelpie.image.ImageException;
import dev.kelpie.image.spec.Digest;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The same image packed in another way, of which nobody knows a name any more.
record Twins(ParsedImages parsed, ListContent lists) {

    /// The index without those of one image; what a list has of it stays.
    List<NameIndex.Entry> without(List<NameIndex.Entry> entries, Image image) {
        var doomed = new HashSet<Digest>();
        for (var entry : entries) {
            if (!entry.isList() && entry.name().isEmpty() && isTwin(entry, image)) {
                doomed.add(entry.manifest().digest());
            }
        }
        if (!doomed.isEmpty()) {
            spareMembers(entries, doomed);
        }
        return entries.stream().filter(e -> !doomed.contains(e.manifest().digest())).toList();
    }

    private boolean isTwin(NameIndex.Entry entry, Image image) {
        try {
            return !entry.manifest().digest().equals(image.digest())
                    && parsed.parse(entry.manifest())
                            .manifest()
                            .config()
                            .digest()
                            .equals(image.id());
        } catch (ImageException _) {
            return false; // it is damaged, who knows what it was
        }
    }

    private void spareMembers(List<NameIndex.Entry> entries, Set<Digest> doomed) {
        try {
            for (var entry : entries) {
                if (entry.isList()) {
                    doomed.removeAll(lists.of(entry.manifest()));
                }
            }
        } catch (ImageException _) {
            doomed.clear(); // a damaged list may have any
        }
    }
}
