package dev.kelpie.image.store;

import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import java.util.HashSet;
import java.util.Set;

/// What a list of images keeps from being collected: itself, and the blobs of those of its images
/// that are here.
record ListContent(ImageStore store) {

    Set<Digest> of(Descriptor list) {
        var what = "list " + list.digest();
        var content = new HashSet<Digest>();
        content.add(list.digest());
        var json = store.readBlob(list.digest(), ImageJson.LARGEST_MANIFEST, what);
        for (var member : ImageJson.index(json, what).manifests()) {
            if (store.hasBlob(member.digest())) {
                content.add(member.digest());
                var of = "manifest " + member.digest();
                var manifest =
                        ImageJson.manifest(
                                store.readBlob(member.digest(), ImageJson.LARGEST_MANIFEST, of),
                                of);
                content.add(manifest.config().digest());
                manifest.layers().forEach(layer -> content.add(layer.digest()));
            }
        }
        return content;
    }
}
