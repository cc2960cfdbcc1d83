package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.NameInUseException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.PodAction;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Json;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.image.Image;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Compares what shall be with what is, and decides for each pod; throws when the two cannot go
/// together. Touches nothing.
final class Planner {

    private final Core core;
    private final Json json = new Json();
    private final Followers followers = new Followers();

    Planner(Core core) {
        this.core = core;
    }

    /// Decides against this state; `images` are those resolved already, empty for a mere plan. Pods
    /// that only follow a ConfigMap of the play come last.
    List<Decision> decide(
            State state, PlaySpec wanted, PlayOptions options, Map<ImageSource, Image> images) {
        var specs = wanted.pods();
        requireDistinct(specs);
        Followers.requireUse(state, wanted);
        var decisions =
                new ArrayList<>(
                        specs.stream().map(spec -> decide(state, spec, options, images)).toList());
        requireFreeNames(state, decisions);
        decisions.addAll(followers.decide(state, wanted, decisions));
        return List.copyOf(decisions);
    }

    /// What can be said before any image is pulled.
    void check(List<PodSpec> specs) {
        requireDistinct(specs);
        HostDemands.check(core, specs);
    }

    private Decision decide(
            State state, PodSpec spec, PlayOptions options, Map<ImageSource, Image> images) {
        var hash = json.hash(spec);
        var present = present(state, spec);
        if (present.isEmpty()) {
            return new Decision(spec, hash, PodAction.CREATE, present);
        }
        var pod = present.get();
        var solo = !spec.sharing().infra();
        if (isGated(pod) && !isOf(pod, hash)) {
            return new Decision(spec, hash, PodAction.REPLACE, present); // it never ran
        }
        if (!solo && isOf(pod, hash) && !(options.replace() && isOutdated(pod, images))) {
            var stays = isUp(pod) || !options.start() || isGated(pod);
            var action = stays ? PodAction.KEEP : PodAction.START;
            return new Decision(spec, hash, action, present);
        }
        if (pod.running() && options.start() && Updates.possible(pod.spec(), spec)) {
            return new Decision(spec, hash, PodAction.UPDATE, present);
        }
        if (!options.replace()) {
            throw solo
                    ? NameInUseException.ofContainer(spec.name(), pod.id())
                    : NameInUseException.ofChangedPod(spec.name());
        }
        return new Decision(spec, hash, PodAction.REPLACE, present);
    }

    /// A spec that an earlier version wrote down has another hash than today's of the same words.
    private boolean isOf(PodRow pod, String hash) {
        return pod.specHash().equals(hash) || json.hash(pod.spec()).equals(hash);
    }

    /// The pod of that name, or for a container by itself the container's.
    private static Optional<PodRow> present(State state, PodSpec spec) {
        if (spec.sharing().infra()) {
            return state.podNamed(spec.name());
        }
        return state.containerNamed(spec.containers().getFirst().name())
                .flatMap(row -> state.pod(row.pod()))
                .filter(PodRow::solo);
    }

    private static boolean isGated(PodRow pod) {
        return pod.spec().policy().gated();
    }

    /// Whether a name has come to mean another image since.
    private boolean isOutdated(PodRow pod, Map<ImageSource, Image> images) {
        return core.store.now().members(pod.id()).stream()
                .filter(row -> images.containsKey(row.spec().image()))
                .anyMatch(row -> !isOf(row, images));
    }

    private static boolean isOf(ContainerRow row, Map<ImageSource, Image> images) {
        var image = images.get(row.spec().image());
        return image != null && image.id().hex().equals(row.image().reference().id());
    }

    /// Whether all that should run does; what has ended by itself and stays so is no reason to
    /// touch the pod.
    private boolean isUp(PodRow pod) {
        var members =
                core.store.now().members(pod.id()).stream()
                        .filter(row -> row.kind() == ContainerKind.APP)
                        .toList();
        return pod.running() && members.stream().allMatch(row -> isUp(pod, row));
    }

    private boolean isUp(PodRow pod, ContainerRow row) {
        return switch (core.observer.observe(row.id())) {
            case Observation.Running _ -> !row.life().stoppedByUser();
            case Observation.Absent _, Observation.Ended _ ->
                    row.life().lastEnd().isPresent()
                            && !row.life().stoppedByUser()
                            && !Restarting.isDue(pod, row);
            case Observation.Made _, Observation.Orphaned _ -> false;
        };
    }

    private static void requireDistinct(List<PodSpec> specs) {
        var names = new HashSet<String>();
        for (var spec : specs) {
            if (!names.add(spec.name())) {
                throw new InvalidRequestException(
                        "two pods of one play are called '" + spec.name() + "'");
            }
            if (!spec.sharing().infra() && spec.allContainers().size() != 1) {
                throw new InvalidRequestException(
                        "'" + spec.name() + "' without an infra container must be one container");
            }
        }
    }

    private static void requireFreeNames(State state, List<Decision> decisions) {
        var leaving =
                decisions.stream()
                        .filter(Decision::makesNew)
                        .flatMap(decision -> decision.present().stream())
                        .map(PodRow::id)
                        .collect(Collectors.toSet());
        var given = new HashSet<String>();
        for (var decision : decisions) {
            if (decision.makesNew()) {
                for (var container : decision.spec().allContainers()) {
                    requireFree(state, container, leaving, given);
                }
            }
        }
    }

    private static void requireFree(
            State state, ContainerSpec container, Set<String> leaving, Set<String> given) {
        if (!given.add(container.name())) {
            throw new InvalidRequestException(
                    "two containers of one play are called '" + container.name() + "'");
        }
        var holder = state.containerNamed(container.name());
        if (holder.isPresent() && !leaving.contains(holder.get().pod())) {
            throw NameInUseException.ofContainer(container.name(), holder.get().id());
        }
    }

    /// Pods of these names whose removal was begun and not finished.
    List<PodRow> leftovers(State state, List<PodSpec> specs) {
        var found = new ArrayList<PodRow>();
        for (var spec : specs) {
            present(state, spec).filter(pod -> pod.phase() == Phase.REMOVING).ifPresent(found::add);
        }
        return found;
    }
}
