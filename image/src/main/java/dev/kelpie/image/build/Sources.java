package dev.kelpie.image.build;

import dev.kelpie.image.BuildException;
import dev.kelpie.image.Image;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.Platform;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// What `--from` may name: an earlier stage by name or number, a build context by name, an image.
final class Sources {

    /// @param chain the layers it is made of, empty for a directory of the host
    record Origin(Context context, Optional<String> chain) {}

    private final Building building;
    private final List<StagePlan> stages;
    private final int before;

    /// @param before the stage that asks; only earlier ones count
    Sources(Building building, List<StagePlan> stages, int before) {
        this.building = building;
        this.stages = stages;
        this.before = before;
    }

    /// The stage that a name means, if it is one.
    static Optional<Integer> stage(List<StagePlan> stages, String name, int before) {
        for (var i = before - 1; i >= 0; i--) {
            if (!stages.get(i).name().isEmpty() && stages.get(i).name().equalsIgnoreCase(name)) {
                return Optional.of(i);
            }
        }
        return name.matches("[0-9]{1,5}") && Integer.parseInt(name) < before
                ? Optional.of(Integer.parseInt(name))
                : Optional.empty();
    }

    Origin find(String name, Platform platform, Instruction instruction)
            throws IOException, InterruptedException {
        var stage = stage(stages, name, before);
        if (stage.isPresent()) {
            return tree(building.stage(stage.get()).diffIds, name);
        }
        var named = building.request.sources().named().get(name);
        if (named != null && !named.startsWith("docker-image://")) {
            var directory = Path.of(named);
            return new Origin(
                    Context.open(directory, directory, Optional.empty()), Optional.empty());
        }
        if (name.matches("[0-9]{1,5}")) {
            throw instruction.error("there is no stage " + name + " before this one");
        }
        var reference = named == null ? name : named.substring("docker-image://".length());
        return tree(image(reference, platform, instruction).config().diffIds(), name);
    }

    private Origin tree(List<Digest> diffIds, String name)
            throws IOException, InterruptedException {
        var tree = building.session().merged(building.store().layerDirectories(diffIds));
        var chain = diffIds.isEmpty() ? "" : ImageConfig.chainIds(diffIds).getLast().toString();
        return new Origin(
                Context.ofImage(tree, building.store().trees(), name), Optional.of(chain));
    }

    /// An image, here or pulled; its blobs and layers stay until the build ends.
    Image image(String reference, Platform platform, Instruction instruction)
            throws InterruptedException {
        var image = new BaseImage(building, platform).get(reference, instruction);
        for (var chainId : image.config().chainIds()) {
            if (!building.store().hasLayer(chainId, building.lease)) {
                throw new BuildException(
                        instruction.where() + ": image '" + reference + "' was removed meanwhile");
            }
        }
        image.manifest()
                .layers()
                .forEach(layer -> building.store().hasBlob(layer.digest(), building.lease));
        return image;
    }
}
