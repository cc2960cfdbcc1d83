package dev.kelpie.image.build;

import dev.kelpie.image.BuildException;
import dev.kelpie.image.Image;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.store.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/// Builds one image: the stages that it needs side by side, each instruction by instruction. A
/// build whose inputs are those of an image that is here gives that image again, times and id
/// included.
public final class ImageBuilder {

    private final Building.Means means;
    private final BuildRequest request;
    private final Consumer<BuildEvent> events;

    public ImageBuilder(Building.Means means, BuildRequest request, Consumer<BuildEvent> events) {
        this.means = means;
        this.request = request;
        this.events = events;
    }

    /// Builds and names the image.
    public Image build(List<ImageReference> tags) throws InterruptedException {
        var complete = false;
        try (var building = new Building(means, request, events)) {
            var name = request.sources().name();
            var instructions = Containerfile.read(request.sources().containerfile(), name);
            var stages = StagePlan.split(instructions, building.arguments);
            var target = target(stages);
            building.context();
            run(building, stages, List.copyOf(needed(stages, target)));
            for (var argument : building.arguments.unused()) {
                building.say(
                        new BuildEvent.Warning(
                                name + ": build argument '" + argument + "' is declared nowhere"));
            }
            var image = new Commit(building).image(building.stage(target), tags);
            complete = true;
            return image;
        } catch (IOException e) {
            throw new BuildException("cannot build: " + e.getMessage(), e);
        } finally {
            if (!complete) {
                means.store().collectGarbage();
            }
        }
    }

    private void run(Building building, List<StagePlan> stages, List<Integer> needed)
            throws InterruptedException {
        var tasks = new ArrayList<Workers.Task>();
        for (var i = 0; i < needed.size(); i++) {
            int number = needed.get(i);
            var shown = new BuildEvent.StageNumber(i + 1, needed.size());
            tasks.add(() -> {
                try {
                    building.finished(
                            number, new StageBuilder(building, stages, number, shown).build());
                } catch (RuntimeException | InterruptedException | Error e) {
                    building.failed(number, e);
                    throw e;
                }
            });
        }
        // stages come in order and wait for earlier ones only, so some one can always go on
        Workers.run(tasks, request.steps().jobs());
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
        throw new BuildException(
                "'" + request.sources().name() + "' has no stage '" + wanted + "'");
    }

    /// The stages that the target stands on or takes from, in their order.
    private static Set<Integer> needed(List<StagePlan> stages, int target) {
        var needed = new TreeSet<Integer>();
        var todo = new ArrayList<>(List.of(target));
        while (!todo.isEmpty()) {
            int number = todo.removeLast();
            if (needed.add(number)) {
                var names = new ArrayList<>(stages.get(number).sources());
                names.add(stages.get(number).base());
                for (var name : names) {
                    Sources.stage(stages, name, number).ifPresent(todo::add);
                }
            }
        }
        return needed;
    }
}
