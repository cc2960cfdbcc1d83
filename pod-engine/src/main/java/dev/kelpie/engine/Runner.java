package dev.kelpie.engine;

import dev.kelpie.engine.cdi.CdiDevices;
import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.fault.StartFailedException;
import dev.kelpie.engine.probe.Answer;
import dev.kelpie.engine.report.ContainerEnd;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.Cgroups;
import dev.kelpie.engine.sandbox.ContainerConfigs;
import dev.kelpie.engine.sandbox.EnvFiles;
import dev.kelpie.engine.sandbox.LateEnvironment;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.ContainerStartException;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.conmon.CreateRequest;
import dev.kelpie.runtime.conmon.Stdio;
import dev.kelpie.runtime.kernel.Signal;
import dev.kelpie.runtime.spec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/// One run of one container: made (root mounted, bundle written, conmon and OCI runtime set up),
/// started, cleaned up behind. Each run makes everything anew.
final class Runner {

    private static final System.Logger LOG = System.getLogger(Runner.class.getName());
    private static final int SETUP_FAILED = 126;

    /// So long a hook holds up the pod's start; under the kubelet for ever.
    private static final Duration HOOK_PATIENCE = Duration.ofMinutes(2);

    private static final Duration EXIT_FILE_PATIENCE = Duration.ofSeconds(5);

    private final Core core;
    private final Set<StartHook> lasting = ConcurrentHashMap.newKeySet();
    private final ContainerConfigs configs;
    private final LateEnvironment environment;
    private final EndWatch watch;
    private final LastWords lastWords;
    private final Map<String, String> blames = new ConcurrentHashMap<>();
    private final Semaphore spawning =
            new Semaphore(4 * Runtime.getRuntime().availableProcessors());

    Runner(Core core, EndWatch watch) {
        this.core = core;
        this.configs = new ContainerConfigs(core.files, core.facts, core.cgroups, core.store);
        this.environment =
                new LateEnvironment(core.secrets, core.podFacts, new EnvFiles(core.mounts));
        this.watch = watch;
        this.lastWords = new LastWords(core);
    }

    /// Sets the container up so that only `start` is missing; when that fails nothing is left.
    void make(PodRow pod, ContainerRow row) throws InterruptedException {
        spawning.acquire();
        var made = false;
        try {
            Undisturbed.run(() -> makeWhole(pod, row));
            made = true;
            core.note(row, "init");
        } finally {
            spawning.release();
            if (!made) {
                clean(row);
            }
        }
    }

    private void makeWhole(PodRow pod, ContainerRow row) throws InterruptedException {
        try {
            if (Blueprint.onlyPauses(pod, row)) {
                pause(pod, row);
            } else {
                mountAndCreate(pod, row);
            }
        } catch (ContainerStartException e) {
            throw StartFailedException.ofCommand(row.name(), row.image().process().argv(), e);
        } catch (HostException | PodException e) {
            throw new StartFailedException(row.name(), SETUP_FAILED, e);
        } catch (IOException e) {
            var cause = new EngineIoException("cannot make its files", e);
            throw new StartFailedException(row.name(), SETUP_FAILED, cause);
        }
    }

    private void mountAndCreate(PodRow pod, ContainerRow row)
            throws IOException, InterruptedException {
        var files = core.files.conmon(row.id());
        core.steps.at("container.mount");
        Files.createDirectories(core.files.container(row.id()));
        Files.createDirectories(files.run());
        Files.createDirectories(files.persist());
        Files.deleteIfExists(files.exitFile());
        Files.createDirectories(files.exits());
        var mounts = mountRoot(pod, row);
        var filled = environment.fill(pod, row.spec(), row.image().process());
        var process = Habits.dressed(row, ServiceLinks.told(core.store.now(), pod, filled));
        if (row.spec().process().late().secret()) {
            core.steps.at("secrets.memory");
            core.secretVolumes.bundle(files.bundle());
        }
        var shape = new ContainerConfigs.Shape(process, infra(pod.id()), mounts);
        var config =
                CdiDevices.into(
                        configs.of(pod, row, shape), row.spec().resources().tuning().devices());
        var written = core.parts.bundles().write(files.bundle(), config);
        core.steps.at("container.create");
        core.cgroups
                .split(row)
                .ifPresent(unit -> core.parts.kernel().makeRoom(unit, Cgroups.KEEPERS));
        var created = core.parts.conmon().create(request(pod, row));
        written.created(row.id());
        core.steps.at("container.made");
        core.facts.write(row.id(), RunFacts.made(created.init(), created.conmon()));
        var pidFile =
                row.kind() == ContainerKind.INFRA
                        ? pod.spec().sharing().infraSpec().conmonPidFile()
                        : row.spec().policy().upkeep().conmonPidFile();
        if (pidFile.isPresent()) {
            Files.writeString(pidFile.get(), created.conmon().pid() + "\n");
        }
        var ownPidFile = row.spec().policy().lifecycle().manner().pidFile();
        if (ownPidFile.isPresent()) {
            Files.writeString(ownPidFile.get(), Integer.toString(created.init().pid()));
        }
    }

    private void pause(PodRow pod, ContainerRow row) throws IOException, InterruptedException {
        Files.createDirectories(core.files.runContainer(row.id()));
        core.steps.at("container.pause");
        core.parts
                .kernel()
                .pause(
                        core.files.namespaces(pod.id()),
                        process -> core.facts.write(row.id(), RunFacts.pause(process)));
        core.steps.at("container.made");
    }

    private Optional<String> infra(String pod) {
        return Blueprint.infraOf(core.store.now(), pod).map(ContainerRow::id);
    }

    private List<Mount> mountRoot(PodRow pod, ContainerRow row)
            throws IOException, InterruptedException {
        if (row.kind() == ContainerKind.INFRA) {
            InfraRoot.make(core.files.infraRoot());
            if (pod.ids().isPresent()) {
                core.mounts.showInfraRoot(row);
            }
            return List.of();
        }
        core.mounts.mountRoot(pod, row);
        var mounts = new ArrayList<>(core.mounts.prepare(pod, row));
        if (pod.solo()) {
            WorkingDirectory.require(row, core.files.rootfs(row.id()), mounts);
        }
        mounts.addAll(Habits.mounts(row, core.files.conmon(row.id()).bundle()));
        mounts.addAll(lastWords.mounts(row));
        return mounts;
    }

    private CreateRequest request(PodRow pod, ContainerRow row) {
        var process = row.spec().process();
        var exit = new ArrayList<>(core.exitCommand);
        if (!exit.isEmpty()) {
            exit.add(row.id());
        }
        return new CreateRequest(
                core.files.conmon(row.id()),
                row.name(),
                core.runtime(row),
                // who detaches from a terminal comes back: its end is typed, not a closed pipe
                new Stdio(process.terminal(), process.stdin(), process.terminal() || !pod.solo()),
                core.cgroups.conmon(pod, row),
                exit,
                Habits.of(row));
    }

    /// Lets a made container's command go.
    void start(ContainerRow row) throws InterruptedException {
        core.steps.at("container.start");
        spawning.acquire();
        try {
            Undisturbed.run(() -> startWhole(row));
        } finally {
            spawning.release();
        }
    }

    private void startWhole(ContainerRow row) throws InterruptedException {
        var begin = core.clock.instant(); // what it says at once counts as said in this run
        try {
            if (!isPause(row)) {
                core.runtime(row).start(row.id());
            }
        } catch (ContainerStartException e) {
            throw StartFailedException.ofCommand(row.name(), row.image().process().argv(), e);
        } catch (HostException e) {
            throw new StartFailedException(row.name(), SETUP_FAILED, e);
        }
        var facts = core.facts.find(row.id());
        if (facts.isPresent()) {
            var started = facts.get().startedAt(begin);
            core.facts.write(row.id(), started);
            core.note(row, "start");
            watch.watch(row, started);
        }
    }

    private boolean isPause(ContainerRow row) {
        return core.facts.find(row.id()).filter(RunFacts::isPause).isPresent();
    }

    /// Runs what is to be done once a container has started; one whose hook fails is ended. The
    /// caller holds the pod's lock.
    ///
    /// @param patient whether those after it wait for it, and for how long
    void afterStart(ContainerRow row, boolean patient) throws InterruptedException {
        var hook = row.spec().policy().lifecycle().postStart();
        var facts = core.facts.find(row.id());
        if (hook.isEmpty() || facts.isEmpty()) {
            return;
        }
        core.steps.at("start.hook");
        var running = new StartHook(core, row, facts.get(), hook.get());
        lasting.add(running);
        var answer =
                running.await(
                        patient ? HOOK_PATIENCE : Duration.ZERO,
                        later -> judgeLate(row, facts.get(), later));
        if (answer.isPresent()) {
            judge(row, facts.get(), answer.get());
        }
    }

    /// Whether a hook still runs that held up its pod no longer.
    boolean hasHooks() {
        lasting.removeIf(StartHook::isOver);
        return !lasting.isEmpty();
    }

    private void judgeLate(ContainerRow row, RunFacts facts, Answer ofHook) {
        try {
            judge(row, facts, ofHook);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (PodException | HostException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot end '" + row.name() + "'", e);
        }
    }

    private void judge(ContainerRow row, RunFacts facts, Answer ofHook)
            throws InterruptedException {
        // what ends by itself takes its hook along, and is not to blame for that
        if (!ofHook.passed() && core.parts.kernel().alive(facts.init())) {
            blame(row.id(), "PostStartHookError: " + ofHook.output());
            GentleEnd.of(core, this, row, facts, row.spec().policy().stopTimeout());
        }
    }

    /// Why the present run is about to be ended; its last words say so if it says nothing itself.
    void blame(String id, String why) {
        blames.put(id, why);
    }

    private ContainerEnd blamed(ContainerRow row, ContainerEnd end) {
        var why = blames.remove(row.id());
        return why == null ? end : end.withMessage(why);
    }

    /// Notes how a container ended, if it has, and cleans up behind it; whether it is down now.
    boolean finish(ContainerRow row) throws InterruptedException {
        return switch (core.observer.observe(row.id())) {
            case Observation.Absent _ -> true;
            case Observation.Made _, Observation.Running _ -> false;
            case Observation.Orphaned(RunFacts facts) -> {
                kill(row, facts);
                awaitEnd(row, facts, EXIT_FILE_PATIENCE);
                yield finish(row);
            }
            case Observation.Ended(RunFacts facts, var end) -> {
                core.steps.at("container.ended");
                watch.over(row.id());
                var run = lastWords.of(row, facts, blamed(row, end));
                core.store.change(change -> change.editLife(row.id(), life -> life.ended(run)));
                core.steps.at("container.clean");
                clean(row);
                core.note(row, "cleanup");
                yield true;
            }
        };
    }

    /// Waits until init has ended and its exit code is written; false when it lives on.
    boolean awaitEnd(ContainerRow row, RunFacts facts, Duration longest)
            throws InterruptedException {
        if (!Waiting.await(core.parts.kernel().ended(facts.init()), longest)) {
            return false;
        }
        // Conmon drains the output and syncs the log before it writes the code.
        var deadline = System.nanoTime() + EXIT_FILE_PATIENCE.toNanos();
        var exit = core.files.conmon(row.id()).exitFile();
        while (!Files.exists(exit)
                && core.parts.kernel().alive(facts.keeper())
                && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
        return true;
    }

    /// Ends a container's processes for good.
    void kill(ContainerRow row, RunFacts facts) throws InterruptedException {
        thaw(row);
        core.parts.kernel().signal(facts.init(), Signal.KILL);
        var sharing = core.store.now().pod(row.pod()).map(pod -> pod.spec().sharing());
        var leavesChildren =
                sharing.filter(s -> s.shareProcesses() || s.hostPid()).isPresent()
                        && row.kind() != ContainerKind.INFRA;
        if (leavesChildren) {
            core.parts.kernel().killGroup(core.cgroups.container(row));
        }
    }

    /// A paused process takes no signal on cgroup v1, and none but SIGKILL on v2.
    void thaw(ContainerRow row) throws InterruptedException {
        var group = core.cgroups.container(row);
        if (core.parts.kernel().isFrozen(group)) {
            core.parts.kernel().freeze(group, false);
        }
    }

    /// Takes away everything one run leaves on the host; whatever is missing is no error.
    void clean(ContainerRow row) throws InterruptedException {
        Undisturbed.run(() -> cleanWhole(row));
    }

    private void cleanWhole(ContainerRow row) throws InterruptedException {
        var files = core.files.conmon(row.id());
        if (Files.exists(files.run()) && !isPause(row)) {
            endConmon(row.id());
            spawning.acquire();
            try {
                core.runtime(row).delete(row.id(), true);
            } finally {
                spawning.release();
            }
        }
        var kernel = core.parts.kernel();
        try {
            kernel.unmount(core.files.rootfs(row.id()));
            if (Files.exists(core.files.subPaths(row.id()))) {
                kernel.unmountBelow(core.files.subPaths(row.id()));
            }
            if (row.spec().process().late().secret()) {
                kernel.unmount(files.bundle());
            }
            core.mounts.volumeMounts().release(row.id());
            core.secretVolumes.forget(row);
            core.facts.forget(row.id());
            kernel.removeTree(files.run());
            kernel.removeTree(files.persist());
            Files.deleteIfExists(files.exitFile());
        } catch (IOException e) {
            throw new EngineIoException("cannot clean up behind '" + row.name() + "'", e);
        }
    }

    /// A conmon whose container never came to be recorded would wait for it for ever.
    private void endConmon(String id) {
        if (core.facts.find(id).isEmpty()) {
            core.files
                    .conmon(id)
                    .conmon()
                    .ifPresent(process -> core.parts.kernel().signal(process, Signal.KILL));
        }
    }
}
