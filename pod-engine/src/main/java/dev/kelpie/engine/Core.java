package dev.kelpie.engine;

import dev.kelpie.engine.event.Journal;
import dev.kelpie.engine.event.StateEvents;
import dev.kelpie.engine.sandbox.Cgroups;
import dev.kelpie.engine.sandbox.ContainerMounts;
import dev.kelpie.engine.sandbox.EngineFiles;
import dev.kelpie.engine.sandbox.FactBook;
import dev.kelpie.engine.sandbox.Networks;
import dev.kelpie.engine.sandbox.Observer;
import dev.kelpie.engine.sandbox.PodFacts;
import dev.kelpie.engine.sandbox.Sandboxes;
import dev.kelpie.engine.sandbox.SecretVolumes;
import dev.kelpie.engine.secret.SecretReader;
import dev.kelpie.engine.secret.Vault;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.StateStore;
import dev.kelpie.engine.step.Steps;
import dev.kelpie.engine.time.SystemTimers;
import dev.kelpie.engine.time.Timers;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.network.NetworkBackend;
import dev.kelpie.runtime.oci.OciRuntime;
import dev.kelpie.runtime.oci.OciRuntimes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What every part of the engine shares: state, files, facts, the host, locks and the clock.
final class Core implements AutoCloseable {

    private final Map<String, Optional<OciRuntime>> runtimes = new ConcurrentHashMap<>();
    final EngineFiles files;
    final StateStore store;
    final FactBook facts;
    final Journal journal;
    final Parts parts;
    final Steps steps;
    final InstantSource clock;
    final Timers timers;
    final ProbeBooks books;
    final List<String> exitCommand;
    final PodLocks locks = new PodLocks();
    final Observer observer;
    final Networks networks;
    final Endpoints endpoints;
    final ServiceWatch services;
    final NetworkBackend network;
    final Sandboxes sandboxes;
    final Vault vault;
    final SecretReader secrets;
    final PodFacts podFacts;
    final SecretVolumes secretVolumes;
    final ContainerMounts mounts;
    final Cgroups cgroups;
    final Mainstays mainstays;
    final LiveFiles liveFiles;

    Core(EngineSettings settings, Parts parts, Steps steps) {
        this.files = new EngineFiles(settings.where().root(), settings.where().runRoot());
        this.parts = parts;
        this.steps = steps;
        this.clock = settings.clock();
        this.timers = settings.clock() instanceof Timers timed ? timed : new SystemTimers(clock);
        this.books = new ProbeBooks(files);
        this.exitCommand = settings.exitCommand();
        this.store = StateStore.open(files.state());
        this.journal = Journal.open(files.events(), clock);
        store.watch((before, after) ->
                journal.note(StateEvents.between(before, after, clock.instant())));
        this.facts = new FactBook(files);
        this.observer = new Observer(files, facts, parts.kernel(), clock);
        var boot = parts.kernel().bootId();
        this.endpoints = new Endpoints(observer, books, boot);
        this.networks = new Networks(store, files, parts.networkChooser(), boot, endpoints);
        this.services = new ServiceWatch(this);
        this.network = parts.network().apply(networks);
        this.sandboxes = new Sandboxes(files, store, parts.kernel(), networks);
        this.vault = new Vault(files.secrets(), settings.credentials());
        this.secrets = new SecretReader(store, vault);
        this.podFacts = new PodFacts(store);
        this.secretVolumes = new SecretVolumes(files, secrets, parts.kernel(), podFacts);
        this.mounts = new ContainerMounts(files, store, parts.kernel(), secretVolumes);
        this.cgroups = new Cgroups(parts.cgroupParent());
        this.liveFiles = new LiveFiles(this);
        this.mainstays = new Mainstays(files.mainstays(), store::now);
    }

    /// The OCI runtime for a container: its records lie in memory when they hold secrets.
    OciRuntime runtime(ContainerRow row) {
        var wanted =
                store.now()
                        .pod(row.pod())
                        .flatMap(pod -> pod.spec().policy().demands().runtime())
                        .flatMap(this::runtimeNamed)
                        .orElse(parts.runtime());
        return row.spec().process().late().secret()
                ? wanted.withState(files.ociRootOf(row.id()))
                : wanted;
    }

    /// A runtime of this host by its name; what was looked up is remembered.
    Optional<OciRuntime> runtimeNamed(String name) {
        if (name.equals(parts.runtime().name()) || parts.runtime().program().endsWith(name)) {
            return Optional.of(parts.runtime());
        }
        return runtimes.computeIfAbsent(name, this::installed);
    }

    private Optional<OciRuntime> installed(String name) {
        try {
            return new OciRuntimes(files.runRoot()).installed(name);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    /// Notes that something happened to a container.
    void note(ContainerRow row, String action) {
        journal.note(StateEvents.of(store.now(), row, action, clock.instant()));
    }

    /// The same with one thing to know about it.
    void note(ContainerRow row, String action, String fact, String value) {
        journal.note(StateEvents.of(store.now(), row, action, clock.instant()).with(fact, value));
    }

    @Override
    public void close() {
        services.close();
        store.close();
        journal.close();
        if (facts.isEmpty()) {
            leaveGroup();
            parts.kernel().endHolder();
        }
    }

    private void leaveGroup() {
        try {
            parts.kernel().leaveGroup(cgroups.parent());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (HostException e) {
            System.getLogger(Core.class.getName())
                    .log(System.Logger.Level.DEBUG, "cannot leave the control group", e);
        }
    }
}
