package dev.kelpie.image.build;

import dev.kelpie.image.BuildException;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.History;
import dev.kelpie.image.spec.Platform;
import dev.kelpie.image.store.ImageJson;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/// Builds one stage, instruction by instruction.
final class StageBuilder {

    private final Building building;
    private final List<StagePlan> stages;
    private final int number;
    private final BuildEvent.StageNumber shown;
    private final LayerMaker layers;
    private final Sources sources;
    private int step;
    private int steps;

    StageBuilder(
            Building building, List<StagePlan> stages, int number, BuildEvent.StageNumber shown) {
        this.building = building;
        this.stages = stages;
        this.number = number;
        this.shown = shown;
        this.layers =
                new LayerMaker(building.store(), building.lease, building.request.steps().cache());
        this.sources = new Sources(building, stages, number);
    }

    Stage build() throws InterruptedException {
        var plan = stages.get(number);
        steps = 1 + plan.body().size();
        announce(plan.from());
        var stage = base(plan);
        var body = new ArrayList<>(OnBuild.instructions(stage.baseTriggers, plan.from()));
        steps += body.size();
        body.addAll(plan.body());
        var config = new ConfigSteps(stage, building.arguments);
        for (var instruction : body) {
            announce(instruction);
            try {
                var madeLayer = apply(stage, instruction, config);
                stage.history.add(
                        new History(Optional.of(building.now), instruction.text(), "", !madeLayer));
            } catch (IllegalArgumentException | IOException e) {
                throw instruction.error(String.valueOf(e.getMessage()), e);
            } catch (RuntimeException e) {
                throw at(instruction, e);
            }
        }
        return stage;
    }

    /// What the host or the runtime says gets the instruction's place in front.
    private static RuntimeException at(Instruction instruction, RuntimeException e) {
        var message = String.valueOf(e.getMessage());
        return e instanceof BuildException || message.startsWith(instruction.where())
                ? e
                : instruction.error(instruction.keyword() + ": " + message, e);
    }

    private void announce(Instruction instruction) {
        building.say(new BuildEvent.Step(shown, ++step, steps, instruction.text()));
    }

    private Stage base(StagePlan plan) throws InterruptedException {
        var below = Sources.stage(stages, plan.base(), number);
        if (below.isPresent() && !plan.base().matches("[0-9]+")) {
            return Stage.on(building.stage(below.get()));
        }
        var platform =
                plan.platform()
                        .map(text -> platform(plan, text))
                        .orElse(building.request.platform());
        if (plan.base().equals("scratch")) {
            return Stage.empty(platform);
        }
        var named = building.request.sources().named().get(plan.base());
        if (named != null && !named.startsWith("docker-image://")) {
            throw plan.from().error("build context '" + plan.base() + "' is no image");
        }
        var reference = named == null ? plan.base() : named.substring("docker-image://".length());
        var image = sources.image(reference, platform, plan.from());
        var json =
                ImageJson.object(
                        building.store().readBlob(image.id(), ImageJson.LARGEST_CONFIG, reference),
                        "image '" + reference + "'");
        return Stage.on(image, json);
    }

    private static Platform platform(StagePlan plan, String text) {
        try {
            return Platform.parse(text);
        } catch (IllegalArgumentException e) {
            throw plan.from().error(String.valueOf(e.getMessage()), e);
        }
    }

    /// Whether the instruction made a layer.
    private boolean apply(Stage stage, Instruction instruction, ConfigSteps config)
            throws IOException, InterruptedException {
        return switch (instruction.keyword()) {
            case "COPY", "ADD" -> copy(stage, instruction);
            case "RUN" -> run(stage, instruction);
            case "WORKDIR" -> {
                config.apply(instruction);
                yield workingDirectory(stage, instruction);
            }
            default -> {
                config.apply(instruction);
                yield false;
            }
        };
    }

    private boolean run(Stage stage, Instruction instruction)
            throws IOException, InterruptedException {
        var run = new RunInstruction(instruction, stage, building, sources);
        var key = run.key();
        var cached = layers.cached(stage, key);
        var made =
                cached.isPresent()
                        ? cached.get()
                        : run.run(layers, key, new OutputLines(building, shown));
        tell(stage, cached.isPresent());
        return made;
    }

    private boolean copy(Stage stage, Instruction instruction)
            throws IOException, InterruptedException {
        var flags =
                Flags.of(
                        instruction,
                        Flags.known(instruction),
                        text -> expand(text, stage, instruction));
        var context =
                flags.get("from").isPresent()
                        ? sources.find(flags.get("from").get(), stage.platform, instruction)
                                .context()
                        : building.context();
        var copy =
                new CopyStep(
                        instruction,
                        flags,
                        new CopyStep.Places(context, new FetchedSources(building, stage)),
                        building.view(stage.diffIds),
                        building.timestamp());
        copy.collect(stage);
        layer(stage, instruction, copy);
        return true;
    }

    private void layer(Stage stage, Instruction instruction, CopyStep copy)
            throws IOException, InterruptedException {
        var key = new StepKey(stage.chain()).add("COPY");
        CopyKey.add(key, copy.items().values(), building.store().cache());
        for (var archive : copy.archives()) {
            key.add(building.store().cache().digest(archive.archive()).toString());
            key.add(archive.directory()).add(copy.givenOwner().toString());
        }
        building.timestamp().ifPresent(time -> key.add(time.toString()));
        var digest = key.digest();
        var cached = layers.cached(stage, digest).isPresent();
        if (!cached) {
            layers.write(
                    stage,
                    digest,
                    out -> LayerTar.write(copy, building.timestamp(), out),
                    instruction.where() + ": " + instruction.keyword());
        }
        tell(stage, cached);
    }

    /// A working directory that the image lacks is made, for the user that was set.
    private boolean workingDirectory(Stage stage, Instruction instruction)
            throws IOException, InterruptedException {
        var image = building.view(stage.diffIds);
        var path = image.resolve(stage.config.workingDir);
        if (path.isEmpty() || image.find(path).isPresent()) {
            return false;
        }
        var owner =
                stage.config.user.isEmpty()
                        ? Ownership.ROOT
                        : Ownership.parse(stage.config.user, image, instruction);
        var items = new TreeMap<String, CopyItem>();
        var time = building.timestamp().orElse(Instant.EPOCH);
        items.put(path, CopyItem.directory(path, 0755, owner, time));
        for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            var parent = path.substring(0, slash);
            var found = image.find(parent);
            items.put(
                    parent,
                    found.isPresent()
                            ? CopyItem.directory(
                                    parent,
                                    found.get().mode(),
                                    new Ownership(found.get().uid(), found.get().gid()),
                                    found.get().modified())
                            : CopyItem.directory(parent, 0755, owner, time));
        }
        var key = new StepKey(stage.chain()).add("WORKDIR");
        CopyKey.add(key, items.values(), building.store().cache());
        Digest digest = key.digest();
        var cached = layers.cached(stage, digest).isPresent();
        if (!cached) {
            layers.write(stage, digest, out -> LayerTar.write(items, out), instruction.where());
        }
        tell(stage, cached);
        return true;
    }

    private void tell(Stage stage, boolean cached) {
        if (!stage.diffIds.isEmpty()) {
            building.say(new BuildEvent.Layer(shown, stage.diffIds.getLast(), cached));
        }
    }

    private static String expand(String text, Stage stage, Instruction instruction) {
        return Words.expand(text, stage::variable, instruction.escape());
    }
}
