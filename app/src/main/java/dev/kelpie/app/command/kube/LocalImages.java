package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.image.spec.ImageReference;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Images that a cluster cannot pull, since they are of no registry.
final class LocalImages {
    private static final String LOCAL = "localhost";

    private LocalImages() {}

    /// Tells of them, with the push that would mend it.
    ///
    /// @throws CommandException when there are some and they are not allowed
    static void require(Call call, List<String> images, boolean allowed)
            throws InterruptedException {
        if (images.isEmpty()) {
            return;
        }
        Set<ImageReference> here =
                call.engine().images().all().stream()
                        .map(image -> image.names())
                        .flatMap(Collection::stream)
                        .collect(Collectors.toSet());
        boolean any = false;
        for (var image : images) {
            var local = local(image, here);
            if (local.isPresent()) {
                any = true;
                var name = local.get().substring(LOCAL.length() + 1);
                call.note(
                        "%s: image '%s' exists only here: 'kelpie push %s REGISTRY/%s', and name that"
                                .formatted(
                                        allowed ? "Warning" : "Error", image, local.get(), name));
            }
        }
        if (any && !allowed) {
            throw new CommandException(
                    "nothing was applied; --allow-local-images for a cluster that has these"
                            + " images");
        }
    }

    /// What an image is called here that is of no registry; one that says none is of one when it is
    /// known by that too.
    ///
    /// @param here the names of all images
    static Optional<String> local(String image, Set<ImageReference> here) {
        if (image.startsWith(LOCAL + "/")) {
            return Optional.of(image);
        }
        try {
            var name = ImageReference.parse(image).withDefaultTag();
            boolean only =
                    name.isShort()
                            && here.contains(name.withDomain(LOCAL))
                            && here.stream().noneMatch(other -> isPulled(other, name));
            return only ? Optional.of(LOCAL + "/" + image.strip()) : Optional.empty();
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static boolean isPulled(ImageReference other, ImageReference name) {
        return !other.domain().equals(Optional.of(LOCAL))
                && other.tag().equals(name.tag())
                && (other.path().equals(name.path()) || other.path().endsWith("/" + name.path()));
    }
}
