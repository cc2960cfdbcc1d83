package dev.kelpie.engine;

import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.ContainerConfigs;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.spec.ConfigMapSpec;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.QosClass;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.image.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Changes of a running pod in its place, as far as the kubelet can: another image restarts that
/// container only, other requests and limits are given to the running one, or to a new run of it
/// where its `resizePolicy` says so; files of ConfigMaps and about the pod are swapped. The pod,
/// its address and its other containers stay.
final class Updates {

    private final Followers followers = new Followers();
    private final Core core;
    private final Supervisor supervisor;

    Updates(Core core, Supervisor supervisor) {
        this.core = core;
        this.supervisor = supervisor;
    }

    /// A pod before and after, and the containers that differ.
    private record Changed(PodRow pod, List<ContainerRow> before, List<ContainerRow> after) {}

    /// Whether one spec can become the other in place.
    static boolean possible(PodSpec now, PodSpec wanted) {
        var tagged = now.taggedAs(wanted);
        return now.sharing().infra()
                && tagged.initContainers().equals(wanted.initContainers())
                && now.containers().size() == wanted.containers().size()
                && QosClass.of(now) == QosClass.of(wanted)
                && alike(tagged, wanted);
    }

    private static boolean alike(PodSpec now, PodSpec wanted) {
        var dressed =
                IntStream.range(0, now.containers().size())
                        .mapToObj(i -> like(now.containers().get(i), wanted.containers().get(i)))
                        .toList();
        return Followers.like(now, wanted).withOtherContainers(dressed).equals(wanted);
    }

    /// The one with the other's image, requests and limits.
    private static ContainerSpec like(ContainerSpec one, ContainerSpec other) {
        return one.withImage(other.image()).withResources(other.resources());
    }

    /// Makes the pod what it shall be; the answer takes it back.
    Undoing update(Decision decision, Map<ImageSource, Image> images) throws InterruptedException {
        var changed = changed(decision, images);
        enter(decision, changed.after());
        var undoing = new Undoing(decision, changed);
        boolean done = false;
        try {
            act(changed.before(), changed.after());
            core.steps.at("update.files");
            core.liveFiles.renew(changed.pod().id());
            done = true;
        } finally {
            if (!done) {
                undoing.takeBack();
            }
        }
        return undoing;
    }

    /// A pod of others gets the files of these ConfigMaps, and nothing else; one that cannot take
    /// them now does so later. The answer takes it back.
    Followed follow(PodRow pod, List<ConfigMapSpec> maps) throws InterruptedException {
        core.steps.at("update.intent");
        var followed =
                core.store.compute(change -> {
                    var now = change.now().pod(pod.id());
                    var decision = now.flatMap(row -> followers.update(row, maps));
                    decision.ifPresent(it ->
                            change.editPod(pod.id(), row -> row.withSpec(it.spec(), it.hash())));
                    return new Followed(now, decision);
                });
        core.steps.at("update.files");
        core.liveFiles.attempt(pod.id(), pod.name());
        return followed;
    }

    private Changed changed(Decision decision, Map<ImageSource, Image> images) {
        var pod = decision.present().orElseThrow();
        var before = new ArrayList<ContainerRow>();
        var after = new ArrayList<ContainerRow>();
        for (var spec : decision.spec().allContainers()) {
            var row = member(pod, spec);
            var fresh = Blueprint.container(pod, spec, images, row.kind(), row.position());
            var outdated =
                    row.kind() == ContainerKind.APP
                            && !fresh.image().reference().id().equals(row.image().reference().id());
            if (outdated || !spec.image().equals(row.spec().image())) {
                before.add(row);
                after.add(row.withSpec(fresh.spec(), fresh.image().withVolumesOf(row.image())));
            } else if (!spec.resources().equals(row.spec().resources())) {
                before.add(row);
                after.add(
                        row.withSpec(
                                row.spec()
                                        .withResources(spec.resources())
                                        .withMetadata(fresh.spec().metadata()),
                                row.image()));
            } else if (!fresh.spec().metadata().equals(row.spec().metadata())) {
                before.add(row);
                after.add(
                        row.withSpec(
                                row.spec().withMetadata(fresh.spec().metadata()), row.image()));
            }
        }
        return new Changed(pod, before, after);
    }

    private ContainerRow member(PodRow pod, ContainerSpec spec) {
        return core.store.now().members(pod.id()).stream()
                .filter(row -> row.kind() == ContainerKind.APP || row.kind() == ContainerKind.INIT)
                .filter(row -> row.name().equals(spec.name()))
                .findFirst()
                .orElseThrow();
    }

    private void enter(Decision decision, List<ContainerRow> rows) {
        core.steps.at("update.intent");
        var pod = decision.present().orElseThrow();
        core.store.change(change -> {
            Starter.requireStays(change.now(), pod);
            change.editPod(pod.id(), row -> row.withSpec(decision.spec(), decision.hash()));
            for (var row : rows) {
                change.editContainer(row.id(), now -> now.withSpec(row.spec(), row.image()));
                Blueprint.anonymous(row, new Blueprint.Occasion("", core.clock.instant(), ""))
                        .stream()
                        .filter(volume -> !change.now().volumes().containsKey(volume.name()))
                        .forEach(change::put);
            }
        });
    }

    private void act(List<ContainerRow> before, List<ContainerRow> after)
            throws InterruptedException {
        for (int i = 0; i < after.size(); i++) {
            var was = before.get(i);
            var now = after.get(i);
            if (needsRestart(was, now)) {
                restart(now, !was.image().equals(now.image()));
            } else if (!was.spec().resources().equals(now.spec().resources())
                    && core.observer.observe(now.id()) instanceof Observation.Running) {
                core.steps.at("update.resources");
                var pod = core.store.now().pod(now.pod()).orElseThrow();
                core.runtime(now).update(now.id(), ContainerConfigs.limits(pod, now));
            }
        }
    }

    private static boolean needsRestart(ContainerRow was, ContainerRow now) {
        return !was.image().equals(now.image())
                || differs(was.spec().resources(), now.spec().resources());
    }

    /// Whether something changed whose change is for a new run.
    private static boolean differs(Resources was, Resources now) {
        var cpu =
                !was.limits().milliCpu().equals(now.limits().milliCpu())
                        || !was.requests().milliCpu().equals(now.requests().milliCpu());
        var memory =
                !was.limits().memory().equals(now.limits().memory())
                        || !was.requests().memory().equals(now.requests().memory());
        return (cpu && now.restartOnResize().contains("cpu"))
                || (memory && now.restartOnResize().contains("memory"));
    }

    /// A new run; of another image without what the old run had written.
    private void restart(ContainerRow row, boolean anew) throws InterruptedException {
        supervisor.cancel(List.of(row));
        core.steps.at("update.stop");
        core.store.change(change -> change.editLife(row.id(), life -> life.asked(false)));
        supervisor.stopper().stop(row.pod(), List.of(row), Optional.empty());
        try (var _ = core.locks.take(row.pod())) {
            if (anew) {
                core.mounts.forgetChanges(row);
            }
            core.steps.at("update.start");
            core.store.change(change -> change.editLife(row.id(), life -> life.asked(true)));
            var pod = core.store.now().pod(row.pod()).orElseThrow();
            var current = core.store.now().container(row.id()).orElseThrow();
            supervisor.starter().up(List.of(new Starter.Job(pod, List.of(current))));
        }
        supervisor.started(List.of(row.pod()));
    }

    /// Takes an update back: the old specs, and the old runs.
    final class Undoing {
        private final Decision decision;
        private final Changed changed;

        private Undoing(Decision decision, Changed changed) {
            this.decision = decision;
            this.changed = changed;
        }

        void takeBack() throws InterruptedException {
            var pod = changed.pod();
            enter(
                    new Decision(pod.spec(), pod.specHash(), decision.action(), Optional.of(pod)),
                    changed.before());
            act(/* before= */ changed.after(), /* after= */ changed.before());
            core.liveFiles.renew(pod.id());
        }
    }

    /// A pod whose files were changed by the play of others.
    final class Followed {
        private final Optional<PodRow> before;
        private final Optional<Decision> decision;

        private Followed(Optional<PodRow> before, Optional<Decision> decision) {
            this.before = before;
            this.decision = decision;
        }

        /// Unless somebody has changed it since.
        void takeBack() throws InterruptedException {
            if (before.isEmpty() || decision.isEmpty()) {
                return;
            }
            var pod = before.get();
            core.store.change(change ->
                    change.now()
                            .pod(pod.id())
                            .filter(now -> now.specHash().equals(decision.get().hash()))
                            .ifPresent(_ ->
                                    change.editPod(
                                            pod.id(),
                                            row -> row.withSpec(pod.spec(), pod.specHash()))));
            core.liveFiles.attempt(pod.id(), pod.name());
        }
    }
}
