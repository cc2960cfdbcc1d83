package dev.kelpie.engine;

import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.EngineEvent;
import dev.kelpie.engine.report.PlannedPod;
import dev.kelpie.engine.report.PlayPlan;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.report.PlayedPod;
import dev.kelpie.engine.report.PodAction;
import dev.kelpie.engine.sandbox.VolumeMounts;
import dev.kelpie.engine.spec.CronSpec;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.ServiceSpec;
import dev.kelpie.engine.spec.VolumeSpec;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Life;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.SecretRow;
import dev.kelpie.engine.step.Undo;
import dev.kelpie.image.Image;
import dev.kelpie.runtime.network.HostPorts;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Plays: everything is looked at first, then done, and taken back when a part of it fails.
final class Plays {

    private final Core core;
    private final Supervisor supervisor;
    private final Planner planner;
    private final Updates updates;
    private final ImageResolver images;
    private final PlayedSecrets secrets;
    private final PlayedServices services;

    Plays(Core core, Supervisor supervisor) {
        this.core = core;
        this.supervisor = supervisor;
        this.planner = new Planner(core);
        this.updates = new Updates(core, supervisor);
        this.images = new ImageResolver(core.parts.images());
        this.secrets = new PlayedSecrets(core);
        this.services = new PlayedServices(core);
    }

    /// One play under way: what was decided, and the new pods in the order of the specs.
    private record Play(
            String id, List<Decision> decisions, List<PodRow> made, List<SecretRow> secrets) {
        List<PodRow> madeToStart() {
            return made.stream().filter(pod -> !pod.spec().policy().gated()).toList();
        }

        List<PodRow> starting() {
            return Stream.concat(madeToStart().stream(), toStart().stream()).toList();
        }

        List<PodRow> replaced() {
            return decisions.stream()
                    .filter(decision -> decision.action() == PodAction.REPLACE)
                    .flatMap(decision -> decision.present().stream())
                    .toList();
        }

        List<PodRow> toStart() {
            return decisions.stream()
                    .filter(decision -> decision.action() == PodAction.START)
                    .flatMap(decision -> decision.present().stream())
                    .toList();
        }
    }

    PlayPlan plan(PlaySpec play, PlayOptions options) throws InterruptedException {
        var specs = play.pods();
        planner.check(specs);
        secrets.check(play.secrets(), specs);
        var state = core.store.now();
        var planned =
                planner.decide(state, play, options, Map.of()).stream()
                        .map(decision ->
                                new PlannedPod(
                                        decision.spec().name(),
                                        decision.action(),
                                        decision.present().map(PodRow::id).orElse(""),
                                        decision.makesNew()
                                                ? images.missing(decision.spec())
                                                : List.of()))
                        .toList();
        var volumes =
                Stream.concat(
                                play.volumes().stream().map(VolumeSpec::name),
                                specs.stream().flatMap(spec -> VolumeMounts.named(spec).stream()))
                        .filter(name -> !state.volumes().containsKey(name))
                        .distinct()
                        .toList();
        return new PlayPlan(
                planned,
                volumes,
                secrets.plan(play.secrets()),
                play.services().stream()
                        .filter(service -> !state.services().containsKey(service.key()))
                        .map(ServiceSpec::name)
                        .toList());
    }

    PlayReport play(List<PodSpec> specs, PlayOptions options, Consumer<EngineEvent> progress)
            throws InterruptedException {
        return play(PlaySpec.ofPods(specs), options, progress);
    }

    PlayReport play(PlaySpec wanted, PlayOptions options, Consumer<EngineEvent> progress)
            throws InterruptedException {
        var specs = wanted.pods();
        planner.check(specs);
        secrets.check(wanted.secrets(), specs);
        finishRemovals(specs);
        core.store.requireRoom();
        planner.decide(core.store.now(), wanted, options, Map.of());
        core.steps.at("play.images");
        var access = PullSecrets.access(core, wanted, options);
        var found = images.resolve(specs, access, progress, options.awaitImages());
        var resolved = found.images();
        NonRoot.check(specs, resolved);
        Play play;
        List<SecretRow> renewed;
        try (var undo = new Undo()) {
            var stored = secrets.store(wanted.secrets());
            undo.add("contents of secrets", () -> secrets.discard(stored));
            play = enter(wanted, options, found, stored);
            undo.add("play", () -> takeBack(play));
            PlayedVolumes.make(core, wanted.volumes());
            HostPorts.requireFree(
                    play.made().stream()
                            .flatMap(pod -> core.networks.publishedPorts(pod.id()).stream())
                            .toList());
            core.steps.at("play.stop-replaced");
            supervisor.stopper().down(play.replaced(), Optional.empty());
            update(play, wanted, resolved, undo);
            renewed = act(play, options, !wanted.services().isEmpty());
            undo.keep();
        }
        core.services.look();
        supervisor.started(play.starting().stream().map(PodRow::id).toList());
        if (!play.replaced().isEmpty()) {
            core.steps.at("play.remove-replaced");
            supervisor.remover().remove(play.replaced(), Optional.of(Duration.ZERO), true);
        }
        core.liveFiles.secretsChanged(renewed.stream().map(SecretRow::name).toList());
        return report(play, wanted);
    }

    /// The pods of the play, and after them those that only have files of its ConfigMaps.
    private void update(Play play, PlaySpec wanted, Map<ImageSource, Image> resolved, Undo undo)
            throws InterruptedException {
        int own = wanted.pods().size();
        for (var decision : play.decisions().subList(0, own)) {
            if (decision.action() == PodAction.UPDATE) {
                var undoing = updates.update(decision, resolved);
                undo.add("update of " + decision.spec().name(), undoing::takeBack);
            }
        }
        for (var decision : play.decisions().subList(own, play.decisions().size())) {
            var pod = decision.present().orElseThrow();
            var followed = updates.follow(pod, wanted.configMaps());
            undo.add("files of " + pod.name(), followed::takeBack);
        }
    }

    private void finishRemovals(List<PodSpec> specs) throws InterruptedException {
        var leftovers = planner.leftovers(core.store.now(), specs);
        if (!leftovers.isEmpty()) {
            supervisor.remover().remove(leftovers, Optional.of(Duration.ZERO), true);
        }
    }

    /// Writes down what is going to be done, all in one transaction: new pods with their names,
    /// addresses and host ports, and that the replaced ones make room.
    private Play enter(
            PlaySpec wanted,
            PlayOptions options,
            ImageResolver.Resolved found,
            List<SecretRow> stored) {
        core.steps.at("play.intent");
        return core.store.compute(change -> {
            var decisions = planner.decide(change.now(), wanted, options, found.images());
            var play = new Play(Ids.fresh(), decisions, new ArrayList<>(), stored);
            PlayedSecrets.enter(change, stored, play.id());
            PlayedVolumes.enter(core, change, wanted.volumes(), play.id());
            services.enter(change, wanted.services(), play.id());
            PlayedCrons.enter(core, change, wanted.crons(), play.id());
            play.replaced().forEach(pod -> makeRoom(change, pod, play.id()));
            play.toStart().forEach(pod -> AwaitedImages.give(change, pod, found.images()));
            for (var decision : decisions) {
                if (decision.makesNew()) {
                    enter(change, play, decision, found, options.start());
                }
            }
            return play;
        });
    }

    private void enter(
            Change change,
            Play play,
            Decision decision,
            ImageResolver.Resolved found,
            boolean start) {
        var blueprint =
                Blueprint.of(
                        settled(change, decision.spec(), found.images()),
                        found.images(),
                        new Blueprint.Occasion(play.id(), core.clock.instant(), decision.hash()));
        blueprint.enter(change);
        AwaitedImages.note(change, blueprint.containers(), found.failures(), core.clock.instant());
        if (start && !decision.spec().policy().gated()) {
            core.networks.allocate(change, blueprint.pod(), blueprint.dnsNames());
        }
        play.made().add(blueprint.pod());
    }

    private PodSpec settled(Change change, PodSpec spec, Map<ImageSource, Image> resolved) {
        return spec.sharing().users().isEmpty()
                ? spec
                : new PodIds(change.now(), core.parts.kernel().ids())
                        .settled(spec, PodIds.needed(spec, resolved));
    }

    private static void makeRoom(Change change, PodRow pod, String play) {
        change.editPod(pod.id(), row -> row.withPhase(Phase.RETIRING, play));
        for (var row : change.now().members(pod.id())) {
            change.put(row.withPhase(Phase.RETIRING));
        }
    }

    /// The secrets that others have the place of now; nothing that may be interrupted comes after
    /// the commit.
    private List<SecretRow> act(Play play, PlayOptions options, boolean serve)
            throws InterruptedException {
        var starting = play.starting();
        List<SecretRow> renewed;
        try (var _ = core.locks.takeAll(starting.stream().map(PodRow::id).toList())) {
            if (options.start() && !starting.isEmpty()) {
                supervisor
                        .starter()
                        .up(starting.stream().map(pod -> Starter.whole(core, pod)).toList());
            }
            if (serve) {
                core.services.lookNow();
            }
            core.steps.at("play.commit");
            var replaced = core.store.compute(change -> commit(change, play, options.start()));
            secrets.deleteReplaced(replaced);
            renewed = replaced;
        }
        core.steps.at("play.committed");
        return renewed;
    }

    /// Throws when somebody had one of the pods removed meanwhile: their wish stands.
    private static List<SecretRow> commit(Change change, Play play, boolean start) {
        play.made().forEach(pod -> Starter.requireStays(change.now(), pod));
        play.toStart().forEach(pod -> Starter.requireStays(change.now(), pod));
        for (var pod : play.made()) {
            var runs = start && !pod.spec().policy().gated();
            change.editPod(pod.id(), row -> row.withPhase(Phase.MADE, "").withRunning(runs));
            for (var row : change.now().members(pod.id())) {
                var life = row.life();
                change.put(row.withPhase(Phase.MADE).withLife(runs ? begun(life) : life));
            }
        }
        for (var pod : play.toStart()) {
            wantAll(change, pod.id());
        }
        for (var volume : List.copyOf(change.now().volumes().values())) {
            if (volume.play().equals(play.id())) {
                change.put(volume.committed());
            }
        }
        for (var pod : play.replaced()) {
            change.editPod(pod.id(), row -> row.withPhase(Phase.REMOVING, ""));
            change.now()
                    .members(pod.id())
                    .forEach(row -> change.put(row.withPhase(Phase.REMOVING)));
        }
        PlayedServices.commit(change, play.id());
        PlayedCrons.commit(change, play.id());
        return PlayedSecrets.commit(change, play.id());
    }

    /// What an init container has failed while the play waited still counts.
    private static Life begun(Life life) {
        return life.asked(true).withRestarts(life.restarts()).withRetry(life.retry());
    }

    /// From now on all of a pod is meant to run.
    static void wantAll(Change change, String pod) {
        change.editPod(pod, row -> row.withRunning(true));
        change.now()
                .members(pod)
                .forEach(row -> change.editLife(row.id(), life -> life.asked(true)));
    }

    private void takeBack(Play play) throws InterruptedException {
        core.steps.at("undo.made");
        var made = play.made().stream().map(PodRow::id).toList();
        supervisor.remover().wish(made);
        supervisor.remover().remove(play.made(), Optional.of(Duration.ZERO), true);
        removeWhatBelongsTo(play.id());
        core.steps.at("undo.started");
        supervisor.stopper().down(play.toStart(), Optional.of(Duration.ZERO));
        core.steps.at("undo.replaced");
        restore(play.replaced());
    }

    /// Volumes and secrets that only an abandoned play had made.
    void removeWhatBelongsTo(String play) throws InterruptedException {
        for (var volume : List.copyOf(core.store.now().volumes().values())) {
            if (volume.play().equals(play)) {
                supervisor.remover().removeVolume(volume);
            }
        }
        secrets.removeOf(play);
        services.removeOf(play);
        PlayedCrons.removeOf(core, play);
    }

    /// Puts pods that had made room back in their place, running if they were.
    void restore(List<PodRow> pods) throws InterruptedException {
        var back = pods.stream().filter(this::isRetiring).toList();
        if (back.isEmpty()) {
            return;
        }
        core.store.change(change -> {
            for (var pod : back) {
                change.editPod(pod.id(), row -> row.withPhase(Phase.MADE, ""));
                change.now()
                        .members(pod.id())
                        .forEach(row -> change.put(row.withPhase(Phase.MADE)));
            }
        });
        var running = back.stream().filter(PodRow::running).toList();
        try (var _ = core.locks.takeAll(running.stream().map(PodRow::id).toList())) {
            supervisor.starter().up(running.stream().map(pod -> Starter.whole(core, pod)).toList());
        }
        supervisor.started(running.stream().map(PodRow::id).toList());
    }

    private boolean isRetiring(PodRow pod) {
        return core.store
                .now()
                .pod(pod.id())
                .filter(now -> now.phase() == Phase.RETIRING)
                .isPresent();
    }

    private PlayReport report(Play play, PlaySpec wanted) {
        var made = play.made().iterator();
        var pods = new ArrayList<PlayedPod>();
        for (var decision : told(play, wanted)) {
            var pod = decision.makesNew() ? made.next() : decision.present().orElseThrow();
            var members = core.store.now().members(pod.id());
            pods.add(
                    new PlayedPod(
                            pod.id(),
                            pod.name(),
                            decision.action(),
                            ids(members, ContainerKind.APP),
                            ids(members, ContainerKind.INIT),
                            List.of()));
        }
        return new PlayReport(
                pods,
                play.replaced().stream().map(PodRow::id).toList(),
                play.secrets().stream().map(SecretRow::id).toList(),
                wanted.volumes().stream().map(VolumeSpec::name).toList(),
                wanted.services().stream().map(ServiceSpec::name).toList(),
                wanted.crons().stream().map(CronSpec::name).toList());
    }

    /// Of the pods of others it is told when there are no own ones.
    private static List<Decision> told(Play play, PlaySpec wanted) {
        return wanted.onlyConfigMaps()
                ? play.decisions()
                : play.decisions().subList(0, wanted.pods().size());
    }

    private static List<String> ids(List<ContainerRow> members, ContainerKind kind) {
        return members.stream().filter(row -> row.kind() == kind).map(ContainerRow::id).toList();
    }
}
