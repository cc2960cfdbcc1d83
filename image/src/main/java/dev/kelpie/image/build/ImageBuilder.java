package dev.kelpie.image.build;

import dev.kelpie.image.Image;
import dev.kelpie.image.ImageNotFoundException;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.spec.Descriptor;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.History;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Manifest;
import dev.kelpie.image.spec.MediaType;
import dev.kelpie.image.spec.Platform;
import dev.kelpie.image.store.ConfigJson;
import dev.kelpie.image.store.ImageJson;
import dev.kelpie.image.store.ImageStore;
import dev.kelpie.image.store.Lease;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Builds one image, instruction by instruction. A build whose inputs are those of an image that is
/// here gives that image again, times and id included.
public final class ImageBuilder {

    /// Marks an image in the store's index with what it was made of.
    private static final String KEY = "dev.kelpie.build";

    private final ImageStore store;
    private final BaseImages bases;
    private final BuildRequest request;
    private final Consumer<BuildEvent> events;
    private final BuildArguments arguments;
    private final Instant now;
    private final Map<Integer, Stage> built = new HashMap<>();
    private int step;
    private int steps;

    public ImageBuilder(
            ImageStore store, BaseImages bases, BuildRequest request, Consumer<BuildEvent> events) {
        this.store = store;
        this.bases = bases;
        this.request = request;
        this.events = events;
        this.arguments = new BuildArguments(request.arguments(), request.platform());
        this.now = request.timestamp().orElseGet(Instant::now).truncatedTo(ChronoUnit.SECONDS);
    }

    /// Builds and names the image.
    public Image build(List<ImageReference> tags) throws InterruptedException {
        var complete = false;
        try (var lease = store.lease()) {
            var instructions = Containerfile.read(request.containerfile());
            var stages = StagePlan.split(instructions, arguments);
            var target = target(stages);
            var needed = needed(stages, target);
            for (var number : needed) {
                steps += 1 + stages.get(number).body().size();
            }
            var context = Context.open(request.context(), request.containerfile());
            for (var number : needed) {
                built.put(number, stage(stages, number, context, lease));
            }
            for (var name : arguments.unused()) {
                events.accept(
                        new BuildEvent.Warning(
                                request.containerfile()
                                        + ": build argument '"
                                        + name
                                        + "' is declared nowhere"));
            }
            var image = commit(finished(target), tags, lease);
            complete = true;
            return image;
        } finally {
            if (!complete) {
                store.collectGarbage();
            }
        }
    }

    private Stage finished(int number) {
        var stage = built.get(number);
        if (stage == null) {
            throw new IllegalStateException("stage " + number + " is not built");
        }
        return stage;
    }

    private int target(List<StagePlan> stages) {
        if (request.target().isEmpty()) {
            return stages.size() - 1;
        }
        var wanted = request.target().get();
        for (var i = stages.size() - 1; i >= 0; i--) {
            if (stages.get(i).name().equalsIgnoreCase(wanted) || String.valueOf(i).equals(wanted)) {
                return i;
            }
        }
        throw new dev.kelpie.image.BuildException(
                "'" + request.containerfile() + "' has no stage '" + wanted + "'");
    }

    /// The stages that the target stands on, in their order.
    private static List<Integer> needed(List<StagePlan> stages, int target) {
        var needed = new ArrayList<Integer>();
        var at = Optional.of(target);
        while (at.isPresent()) {
            needed.addFirst(at.get());
            at = stageNamed(stages, stages.get(at.get()).base(), at.get());
        }
        return needed;
    }

    private static Optional<Integer> stageNamed(List<StagePlan> stages, String name, int before) {
        for (var i = before - 1; i >= 0; i--) {
            if (!stages.get(i).name().isEmpty() && stages.get(i).name().equalsIgnoreCase(name)) {
                return Optional.of(i);
            }
        }
        return Optional.empty();
    }

    private Stage stage(List<StagePlan> stages, int number, Context context, Lease lease)
            throws InterruptedException {
        var plan = stages.get(number);
        announce(plan.from());
        var below = stageNamed(stages, plan.base(), number);
        var stage = below.isPresent() ? Stage.on(finished(below.get())) : base(plan, lease);
        var config = new ConfigSteps(stage, arguments);
        for (var instruction : plan.body()) {
            announce(instruction);
            try {
                var copies =
                        instruction.keyword().equals("COPY") || instruction.keyword().equals("ADD");
                if (copies) {
                    copy(stage, instruction, context, lease);
                } else {
                    config.apply(instruction);
                }
                stage.history.add(new History(Optional.of(now), instruction.text(), "", !copies));
            } catch (IllegalArgumentException | IOException e) {
                throw instruction.error(String.valueOf(e.getMessage()), e);
            }
        }
        return stage;
    }

    private void announce(Instruction instruction) {
        events.accept(new BuildEvent.Step(++step, steps, instruction.text()));
    }

    private Stage base(StagePlan plan, Lease lease) throws InterruptedException {
        var platform = plan.platform().map(text -> platform(plan, text)).orElse(request.platform());
        if (plan.base().equals("scratch")) {
            return Stage.empty(platform);
        }
        var image = baseImage(plan, platform);
        for (var chainId : image.config().chainIds()) {
            if (!store.hasLayer(chainId, lease)) {
                throw plan.from().error("image '" + plan.base() + "' was removed meanwhile");
            }
        }
        image.manifest().layers().forEach(layer -> store.hasBlob(layer.digest(), lease));
        var json =
                ImageJson.object(
                        store.readBlob(image.id(), ImageJson.LARGEST_CONFIG, plan.base()),
                        "image '" + plan.base() + "'");
        if (!json.path("config").path("OnBuild").isEmpty()) {
            throw plan.from()
                    .error("image '" + plan.base() + "' has ONBUILD triggers, not supported yet");
        }
        return Stage.on(image, json);
    }

    private static Platform platform(StagePlan plan, String text) {
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw plan.from().error(String.valueOf(e.getMessage()), e);
        }
    }

    private Image baseImage(StagePlan plan, Platform platform) throws InterruptedException {
        var here =
                request.pull() == BasePull.ALWAYS
                        ? Optional.<Image>empty()
                        : bases.find(plan.base())
                                .filter(image -> platform.accepts(image.config().platform()));
        if (here.isPresent()) {
            return here.get();
        }
        if (request.pull() == BasePull.NEVER) {
            throw new ImageNotFoundException(
                    plan.from().where() + ": image '" + plan.base() + "' is not here");
        }
        return bases.pull(
                plan.base(),
                PullOptions.DEFAULT.withPlatform(platform),
                event -> events.accept(new BuildEvent.Pulling(event)));
    }

    private void copy(Stage stage, Instruction instruction, Context context, Lease lease)
            throws IOException, InterruptedException {
        var step =
                new CopyStep(
                        instruction, context, new LowerView(lowers(stage)), request.timestamp());
        step.collect(stage.config.workingDir, text -> Words.expand(text, stage::variable));
        try (var blob = store.writeBlob()) {
            LayerTar.write(step, request.timestamp(), blob);
            var digest = blob.commit(lease);
            stage.layers.add(Descriptor.of(MediaType.OCI_LAYER, digest, blob.size()));
            // not compressed, so the blob's digest is the diffID too
            stage.diffIds.add(digest);
        }
        var top = stage.layers.size() - 1;
        var what = instruction.where() + ": " + instruction.keyword();
        var unpacking =
                store.unpacking(
                        manifest(
                                stage,
                                Descriptor.of(MediaType.OCI_CONFIG, stage.diffIds.getLast(), 0)),
                        stage.finished(Optional.empty()),
                        what,
                        lease);
        for (var i = 0; i < top; i++) {
            unpacking.present(i);
        }
        unpacking.layer(top);
    }

    private List<Path> lowers(Stage stage) {
        return store.layerDirectories(stage.diffIds);
    }

    private static Manifest manifest(Stage stage, Descriptor config) {
        return new Manifest(MediaType.OCI_MANIFEST, config, stage.layers, Map.of());
    }

    private Image commit(Stage stage, List<ImageReference> tags, Lease lease) {
        var key = key(stage);
        var known = store.findByAnnotation(KEY, key);
        var descriptor =
                known.isPresent() ? store.descriptor(known.get()) : Optional.<Descriptor>empty();
        var image = store.add(descriptor.orElseGet(() -> write(stage, key, lease)), tags);
        events.accept(new BuildEvent.Committed(image.id(), descriptor.isPresent()));
        tags.forEach(tag -> events.accept(new BuildEvent.Tagged(tag.toString())));
        return image;
    }

    private Descriptor write(Stage stage, String key, Lease lease) {
        var json = ConfigJson.toBytes(stage.finished(Optional.of(now)), stage.json.deepCopy());
        var config = store.putBlob(json, lease);
        var bytes =
                ImageJson.toBytes(
                        manifest(stage, Descriptor.of(MediaType.OCI_CONFIG, config, json.length)));
        var digest = store.putBlob(bytes, lease);
        return Descriptor.of(MediaType.OCI_MANIFEST, digest, bytes.length)
                .withAnnotations(Map.of(KEY, key));
    }

    /// Everything that makes the image but the moment of making, unless that was asked for.
    private String key(Stage stage) {
        var timeless = new ArrayList<History>();
        for (var entry : stage.history) {
            var ours = entry.created().filter(now::equals).isPresent();
            timeless.add(
                    new History(
                            ours && request.timestamp().isEmpty()
                                    ? Optional.empty()
                                    : entry.created(),
                            entry.createdBy(),
                            entry.comment(),
                            entry.emptyLayer()));
        }
        var config = stage.finished(request.timestamp().map(any -> now));
        var plain =
                new dev.kelpie.image.spec.ImageConfig(
                        config.platform(),
                        config.created(),
                        config.author(),
                        config.config(),
                        config.diffIds(),
                        timeless);
        var json = stage.json.deepCopy();
        json.remove("created");
        return Digest.of(ConfigJson.toBytes(plain, json)).toString();
    }
}
