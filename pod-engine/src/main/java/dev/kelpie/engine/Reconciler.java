package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.secret.Vault;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.Signal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Puts right at opening what a crash or a reboot left: plays that were not committed are undone,
/// removals and stops finished, ended containers dealt with, files and mounts nobody knows removed.
final class Reconciler {

    private static final System.Logger LOG = System.getLogger(Reconciler.class.getName());

    private final Core core;
    private final Supervisor supervisor;
    private final Plays plays;
    private final List<Thread> resuming = new ArrayList<>();

    Reconciler(Core core, Supervisor supervisor, Plays plays) {
        this.core = core;
        this.supervisor = supervisor;
        this.plays = plays;
    }

    /// What still brings pods back.
    List<Thread> resuming() {
        return resuming;
    }

    /// What has to be right before the first command.
    void reconcile() throws InterruptedException {
        var rebooted = forgetOtherBoots();
        core.parts.kernel().enterGroup(core.cgroups.conmons());
        core.store.now().containers().keySet().forEach(core.facts::recall);
        var mended = undoPlays();
        mended |= finishRemovals();
        mended |= forgetBuilds();
        collectGarbage();
        if (mended || (!rebooted && (anyAddress() || core.network.hasRemains()))) {
            attempt("networks", core.network::reapply);
        }
        finishStops();
        resume();
        resuming.add(Thread.startVirtualThread(core.liveFiles::catchUp));
        core.mainstays.recall();
    }

    private boolean anyAddress() {
        return !core.store.now().addresses().isEmpty();
    }

    /// Facts of another boot are none: their processes and mounts are gone, their pids are others'.
    private boolean forgetOtherBoots() throws InterruptedException {
        var now = core.parts.kernel().bootId();
        var file = core.files.bootId();
        try {
            Files.createDirectories(core.files.runRoot());
            if (Files.exists(file) && Files.readString(file).strip().equals(now)) {
                return false;
            }
            core.steps.at("boot.forget");
            noteEndsOfOtherBoots();
            for (var directory : perBoot()) {
                core.parts.kernel().unmountBelow(directory);
                core.parts.kernel().removeTree(directory);
            }
            core.store.change(change ->
                    List.copyOf(change.now().addresses().values())
                            .forEach(row -> change.releaseAddresses(row.pod())));
            Files.writeString(file, now + "\n");
            return true;
        } catch (IOException e) {
            throw new EngineIoException("cannot prepare '" + core.files.runRoot() + "'", e);
        }
    }

    /// What ran when the host went down has ended then.
    private void noteEndsOfOtherBoots() {
        core.store.change(change -> {
            for (var row : List.copyOf(change.now().containers().values())) {
                core.facts.recall(row.id());
                core.facts.find(row.id()).ifPresent(facts -> noteEnd(change, row, facts));
            }
        });
    }

    private void noteEnd(Change change, ContainerRow row, RunFacts facts) {
        var end =
                core.files
                        .conmon(row.id())
                        .exitStatus()
                        .map(status ->
                                new ContainerEnd(
                                        status.code(), status.finishedAt(), status.oomKilled(), ""))
                        .orElseGet(() ->
                                new ContainerEnd(
                                        -1, core.clock.instant(), false, "the host was restarted"));
        change.put(row.withLife(row.life().ended(facts.started(), end)));
    }

    private List<Path> perBoot() {
        return List.of(
                core.files.runContainers(),
                core.files.runPods(),
                core.files.mainstays(),
                core.files.runBuilds(),
                core.files.volumeUsers(),
                core.files.infraRoot(),
                core.files.exits(),
                core.files.persist(),
                core.files.ociRoot().resolve("crun"),
                core.files.ociRoot().resolve("runc"));
    }

    private boolean undoPlays() throws InterruptedException {
        var state = core.store.now();
        var making = pods(Phase.MAKING);
        var retiring = pods(Phase.RETIRING);
        var strays =
                state.containers().values().stream()
                        .filter(row -> row.phase() == Phase.MAKING)
                        .filter(row -> making.stream().noneMatch(p -> p.id().equals(row.pod())))
                        .toList();
        if (!making.isEmpty()) {
            core.steps.at("reconcile.undo-play");
            supervisor.remover().wish(making.stream().map(PodRow::id).toList());
            supervisor.remover().remove(making, Optional.of(Duration.ZERO), true);
        }
        for (var row : strays) {
            supervisor.remover().removeMember(row, RemoveOptions.FORCE);
        }
        var unfinished = new HashSet<String>();
        state.volumes().values().forEach(volume -> unfinished.add(volume.play()));
        state.secrets().values().forEach(secret -> unfinished.add(secret.play()));
        state.services().values().forEach(service -> unfinished.add(service.play()));
        state.crons().values().forEach(cron -> unfinished.add(cron.play()));
        plays(unfinished);
        if (!retiring.isEmpty()) {
            core.steps.at("reconcile.restore");
            attempt("replaced pods", () -> plays.restore(retiring));
        }
        return !making.isEmpty() || !retiring.isEmpty();
    }

    private void plays(Set<String> unfinished) throws InterruptedException {
        for (var play : unfinished) {
            if (!play.isEmpty()) {
                plays.removeWhatBelongsTo(play);
            }
        }
    }

    private List<PodRow> pods(Phase phase) {
        return core.store.now().pods().values().stream()
                .filter(pod -> pod.phase() == phase)
                .toList();
    }

    private boolean finishRemovals() throws InterruptedException {
        var going = pods(Phase.REMOVING);
        if (!going.isEmpty()) {
            core.steps.at("reconcile.remove");
            supervisor.remover().remove(going, Optional.of(Duration.ZERO), true);
        }
        var members =
                core.store.now().containers().values().stream()
                        .filter(row -> row.phase() == Phase.REMOVING)
                        .toList();
        for (var row : members) {
            supervisor.remover().removeMember(row, RemoveOptions.FORCE);
        }
        return !going.isEmpty();
    }

    /// Builds end with the process that ran them; whether any left an address.
    private boolean forgetBuilds() throws InterruptedException {
        for (var build : entries(core.files.runBuilds())) {
            for (var step : entries(build)) {
                var name = String.valueOf(step.getFileName());
                core.parts.kernel().killGroup(core.cgroups.build(name));
                core.parts.runtime().delete(name, true);
                core.parts.kernel().removeGroup(core.cgroups.build(name));
            }
        }
        sweep(core.files.runBuilds(), Set.of(), false);
        sweep(core.files.builds(), Set.of(), false);
        var state = core.store.now();
        var strays = new HashSet<String>();
        state.addresses().values().forEach(row -> strays.add(row.pod()));
        strays.removeAll(state.pods().keySet());
        for (var owner : strays) {
            core.steps.at("reconcile.forget-build");
            attempt("networks", () -> BuildNetworks.forget(core, owner));
        }
        return !strays.isEmpty();
    }

    private static List<Path> entries(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var entries = Files.list(directory)) {
            return entries.toList();
        } catch (IOException e) {
            throw new EngineIoException("cannot tidy '" + directory + "'", e);
        }
    }

    /// What nobody knows: left by a crash between the first file and the row, or the last row and
    /// the last file.
    private void collectGarbage() throws InterruptedException {
        var state = core.store.now();
        core.mounts.volumeMounts().keepUsers(state.containers().keySet());
        sweep(core.files.runContainers(), state.containers().keySet(), true);
        sweep(core.files.runPods(), state.pods().keySet(), false);
        sweep(core.files.containers(), state.containers().keySet(), false);
        sweep(core.files.pods(), state.pods().keySet(), false);
        sweep(core.files.volumes(), state.volumes().keySet(), false);
        sweepSecrets(state.secrets().keySet());
        sweep(core.files.exits(), state.containers().keySet(), false);
        sweep(core.files.persist(), state.containers().keySet(), false);
        for (var row : state.containers().values()) {
            var halfMade =
                    core.facts.find(row.id()).isEmpty()
                            && Files.exists(core.files.runContainer(row.id()));
            if (halfMade) {
                supervisor.runner().clean(row);
            }
        }
    }

    /// The key, whose file is no id, stays.
    private void sweepSecrets(Set<String> known) {
        var directory = core.files.secrets();
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var entries = Files.list(directory)) {
            for (var entry : entries.toList()) {
                var name = String.valueOf(entry.getFileName());
                var left = name.startsWith(".new-");
                if (left || (Vault.isId(name) && !known.contains(name))) {
                    Files.deleteIfExists(entry);
                }
            }
        } catch (IOException e) {
            throw new EngineIoException("cannot tidy '" + directory + "'", e);
        }
    }

    private void sweep(Path directory, Set<String> known, boolean runs)
            throws InterruptedException {
        var unknown = new ArrayList<Path>();
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (var entries = Files.list(directory)) {
            entries.filter(entry -> !known.contains(entry.getFileName().toString()))
                    .forEach(unknown::add);
            for (var entry : unknown) {
                core.steps.at("reconcile.sweep");
                if (runs) {
                    deleteRun(entry.getFileName().toString());
                }
                if (directory.equals(core.files.runPods())) {
                    core.sandboxes.destroy(entry.getFileName().toString());
                    core.parts
                            .kernel()
                            .removeGroup(core.cgroups.pod(entry.getFileName().toString()));
                }
                core.parts.kernel().unmountBelow(entry);
                core.parts.kernel().removeTree(entry);
            }
        } catch (IOException e) {
            throw new EngineIoException("cannot tidy '" + directory + "'", e);
        }
    }

    private void deleteRun(String id) throws InterruptedException {
        core.facts.recall(id);
        core.facts
                .find(id)
                .filter(RunFacts::isPause)
                .ifPresent(facts -> core.parts.kernel().signal(facts.init(), Signal.KILL));
        core.facts.forget(id);
        var ownRecords = core.files.ociRootOf(id);
        if (Files.isDirectory(ownRecords)) {
            core.parts.runtime().withState(ownRecords).delete(id, true);
        }
        core.parts.runtime().delete(id, true);
    }

    /// A stop that was asked for and not carried out.
    private void finishStops() throws InterruptedException {
        var pods = new HashSet<String>();
        for (var row : core.store.now().containers().values()) {
            var lives = !(core.observer.observe(row.id()) instanceof Observation.Absent);
            if (lives && row.life().stoppedByUser()) {
                pods.add(row.pod());
                supervisor.stopper().stop(row.pod(), List.of(row), Optional.empty());
            }
        }
        for (var id : pods) {
            var pod = core.store.now().pod(id);
            if (pod.isPresent() && !pod.get().running()) {
                supervisor.stopper().down(List.of(pod.get()), Optional.empty());
            }
        }
    }

    /// Watches what runs, deals with what ended meanwhile, starts again what policy says; in the
    /// background, so that the first command need not wait for it.
    private void resume() throws InterruptedException {
        for (var row : List.copyOf(core.store.now().containers().values())) {
            core.facts.find(row.id()).ifPresent(facts -> supervisor.watch(row, facts));
        }
        for (var pod : core.store.now().pods().values()) {
            if (needsSettling(pod)) {
                resuming.add(
                        Thread.startVirtualThread(
                                () -> attempt("pod '" + pod.name() + "'", () -> settle(pod))));
            } else {
                attempt("pod '" + pod.name() + "'", () -> supervisor.started(List.of(pod.id())));
            }
        }
    }

    private boolean needsSettling(PodRow pod) {
        return pod.phase() == Phase.MADE
                && core.store.now().members(pod.id()).stream()
                        .anyMatch(row ->
                                row.life().wanted()
                                        && core.observer.observe(row.id())
                                                instanceof Observation.Absent);
    }

    /// After a reboot nothing has a sandbox: the whole pod is brought up that policy wants back.
    private void settle(PodRow pod) throws InterruptedException {
        if (core.sandboxes.isAlive(pod.id())) {
            supervisor.settle(pod.id());
            return;
        }
        var back =
                core.store.now().members(pod.id()).stream()
                        .filter(row -> isWantedBack(pod, row))
                        .toList();
        if (back.isEmpty()) {
            return;
        }
        try (var _ = core.locks.take(pod.id())) {
            supervisor.starter().bringBack(new Starter.Job(pod, back));
        }
        supervisor.settle(pod.id());
    }

    private static boolean isWantedBack(PodRow pod, ContainerRow row) {
        return row.kind() == dev.kelpie.engine.report.ContainerKind.APP
                && (Restarting.isDue(pod, row) || row.awaitsImage())
                && pod.running();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws InterruptedException;
    }

    private static void attempt(String what, Work work) {
        try {
            work.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (PodException | HostException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot bring back " + what, e);
        }
    }
}
