package dev.kelpie.image.build;

import dev.kelpie.image.Image;
import dev.kelpie.image.ImageException;
import dev.kelpie.image.ImageNotFoundException;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.spec.Platform;
import java.util.Optional;

/// Finds the images that a build starts from or copies from, as `--pull` says.
record BaseImage(Building building, Platform platform) {

    Image get(String reference, Instruction instruction) throws InterruptedException {
        var pull = building.request.pull().when();
        var here =
                pull == BasePull.ALWAYS
                        ? Optional.<Image>empty()
                        : building.means
                                .bases()
                                .find(reference)
                                .filter(image -> platform.accepts(image.config().platform()));
        if (here.isPresent() && pull != BasePull.NEWER) {
            return here.get();
        }
        if (pull == BasePull.NEVER) {
            throw new ImageNotFoundException(
                    instruction.where() + ": image '" + reference + "' is not here");
        }
        try {
            return building.means
                    .bases()
                    .pull(
                            reference,
                            PullOptions.DEFAULT
                                    .withAccess(building.request.pull().access())
                                    .withPlatform(platform),
                            event -> building.say(new BuildEvent.Pulling(event)));
        } catch (ImageException e) {
            if (here.isPresent()) {
                return here.get();
            }
            throw e;
        }
    }
}
