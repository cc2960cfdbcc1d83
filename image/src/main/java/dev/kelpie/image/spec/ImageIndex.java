package dev.kelpie.image.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A list of manifests, usually one per platform (image-spec, image-index.md).
public record ImageIndex(
        MediaType mediaType, List<Descriptor> manifests, Map<String, String> annotations) {

    public ImageIndex {
        manifests = List.copyOf(manifests);
        annotations = Map.copyOf(annotations);
    }

    /// The entry to run on `wanted`: the first with the same variant, else the first that fits. An
    /// entry without a platform fits only when it is alone.
    public Optional<Descriptor> choose(Platform wanted) {
        var exact =
                manifests.stream()
                        .filter(entry -> entry.platform().filter(wanted::equals).isPresent())
                        .findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        var fitting =
                manifests.stream()
                        .filter(entry -> entry.platform().filter(wanted::accepts).isPresent())
                        .findFirst();
        if (fitting.isPresent() || manifests.size() != 1) {
            return fitting;
        }
        return manifests.stream().filter(entry -> entry.platform().isEmpty()).findFirst();
    }
}
