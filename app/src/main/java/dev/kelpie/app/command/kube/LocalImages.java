package dev.kelpie.app.command.kube;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import java.util.List;

/// Images that a cluster cannot pull, since they are of no registry.
final class LocalImages {
    private static final String LOCAL = "localhost/";

    private LocalImages() {}

    /// Tells of them, with the push that would mend it.
    ///
    /// @throws CommandException when there are some and they are not allowed
    static void require(Call call, List<String> images, boolean allowed) {
        var local = images.stream().filter(image -> image.startsWith(LOCAL)).toList();
        for (var image : local) {
            var name = image.substring(LOCAL.length());
            call.note(
                    "%s: image '%s' exists only here: 'kelpie push %s REGISTRY/%s', and name that"
                            .formatted(allowed ? "Warning" : "Error", image, image, name));
        }
        if (!local.isEmpty() && !allowed) {
            throw new CommandException(
                    "nothing was applied; --allow-local-images for a cluster that has these"
                            + " images");
        }
    }
}
