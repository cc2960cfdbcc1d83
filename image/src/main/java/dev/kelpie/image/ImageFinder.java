package dev.kelpie.image;

import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.ImageStore;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Which image somebody means by what they typed.
final class ImageFinder {

    private static final Pattern ID = Pattern.compile("(?:sha256:)?([0-9a-f]{1,64})");

    /// An image and, unless it was meant by its id or a digest, the name it was meant by.
    record Found(Image image, Optional<ImageReference> name) {}

    private final ImageStore store;

    ImageFinder(ImageStore store) {
        this.store = store;
    }

    Optional<Found> find(String text) {
        var images =
                store.images().stream()
                        .sorted(Comparator.comparing(Image::created).reversed())
                        .toList();
        if (!text.startsWith("sha256:")) {
            var id = ID.matcher(text);
            var named =
                    isReference(text) ? byName(images, reference(text)) : Optional.<Found>empty();
            if (named.isPresent() || !id.matches()) {
                if (named.isEmpty()) {
                    reference(text);
                }
                return named;
            }
        }
        return byId(images, text);
    }

    /// As [#find], with [ImageNotFoundException] when there is none.
    Found get(String text) {
        return find(text).orElseThrow(() -> ImageNotFoundException.of(text));
    }

    private static Optional<Found> byName(List<Image> images, ImageReference wanted) {
        if (wanted.digest().isPresent()) {
            return images.stream()
                    .filter(image -> hasDigest(image, wanted))
                    .findFirst()
                    .map(image -> new Found(image, Optional.empty()));
        }
        var full = wanted.withDefaultTag();
        if (!full.isShort()) {
            return exactly(images, full);
        }
        return exactly(images, full.withDomain("localhost")).or(() -> endingIn(images, full));
    }

    private static Optional<Found> exactly(List<Image> images, ImageReference name) {
        return images.stream()
                .filter(image -> image.names().contains(name))
                .findFirst()
                .map(image -> new Found(image, Optional.of(name)));
    }

    private static Optional<Found> endingIn(List<Image> images, ImageReference name) {
        for (var image : images) {
            for (var candidate : image.names()) {
                if (candidate.tag().equals(name.tag())
                        && candidate.digest().isEmpty()
                        && endsWith(candidate.path(), name.path())) {
                    return Optional.of(new Found(image, Optional.of(candidate)));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean hasDigest(Image image, ImageReference wanted) {
        var digest = wanted.digest().map(Object::toString).orElse("");
        for (var known : image.repositoryDigests()) {
            var at = known.indexOf('@');
            var repository = known.substring(0, at);
            if (known.substring(at + 1).equals(digest)
                    && (repository.equals(wanted.repository())
                            || (wanted.isShort() && endsWith(repository, wanted.path())))) {
                return true;
            }
        }
        return false;
    }

    private static boolean endsWith(String path, String end) {
        return path.equals(end) || path.endsWith("/" + end);
    }

    private static Optional<Found> byId(List<Image> images, String text) {
        var matcher = ID.matcher(text);
        if (!matcher.matches()) {
            throw new BadImageNameException("not an image id: '" + text + "'");
        }
        var prefix = matcher.group(1);
        var matching =
                images.stream().filter(image -> image.id().hex().startsWith(prefix)).toList();
        var ids = new HashSet<>(matching.stream().map(Image::id).toList());
        if (ids.size() > 1) {
            throw new BadImageNameException(
                    "image id '"
                            + text
                            + "' is ambiguous: "
                            + ids.size()
                            + " images begin with it");
        }
        if (matching.isEmpty()) {
            // a manifest's digest is what people copy from other tools
            return images.stream()
                    .filter(image -> image.digest().hex().equals(prefix))
                    .findFirst()
                    .map(image -> new Found(image, Optional.empty()));
        }
        var named = matching.stream().filter(image -> !image.names().isEmpty()).findFirst();
        return Optional.of(new Found(named.orElse(matching.getFirst()), Optional.empty()));
    }

    private static boolean isReference(String text) {
        try {
            ImageReference.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /// A name as typed, checked.
    static ImageReference reference(String text) {
        try {
            return ImageReference.parse(text);
        } catch (IllegalArgumentException e) {
            var hint =
                    !text.equals(text.toLowerCase(Locale.ROOT))
                            ? " (image names are lower case)"
                            : "";
            throw new BadImageNameException(e.getMessage() + hint, e);
        }
    }

    /// The full name to store an image under: a short one is local.
    static ImageReference localName(String text) {
        var name = reference(text);
        if (name.digest().isPresent()) {
            throw new BadImageNameException("a new name cannot have a digest: '" + text + "'");
        }
        var tagged = name.withDefaultTag();
        return tagged.isShort() ? tagged.withDomain("localhost") : tagged;
    }
}
