package dev.kelpie.app.command.unit;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.Progress;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.quadlet.translate.ImageNames;
import java.util.HashMap;
import java.util.Map;

/// Whether there are newer images than containers have; each name is asked for once.
final class NewerImages {
    private final Call call;
    private final PullOptions options;
    private final Map<String, Boolean> asked = new HashMap<>();

    NewerImages(Call call, PullOptions options) {
        this.call = call;
        this.options = options;
    }

    boolean isNewer(Candidate member) throws InterruptedException {
        var images = call.engine().images();
        var here = images.find(member.image());
        boolean otherHere = here.isPresent() && !here.get().id().hex().equals(member.imageId());
        if (member.policy().equals("local") || otherHere) {
            return otherHere;
        }
        if (!ImageNames.isQualified(member.image())) {
            throw new CommandException("not a name with a registry in it");
        }
        var known = asked.get(member.image());
        if (known == null) {
            known = here.isEmpty() || images.registries().differs(member.image(), options);
            asked.put(member.image(), known);
        }
        return known;
    }

    void fetch(Candidate member) throws InterruptedException {
        if (member.policy().equals("registry")) {
            try (var progress = new Progress(call, true)) {
                call.engine().images().pull(member.image(), options, progress::pull);
            }
        }
    }

    /// Gives the name back to the image that the container had.
    void takeBack(Candidate member) {
        try {
            call.engine().images().tag(member.imageId(), member.image());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
