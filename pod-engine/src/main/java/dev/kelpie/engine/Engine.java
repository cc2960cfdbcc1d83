package dev.kelpie.engine;

import dev.kelpie.engine.event.Journal;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.fault.VolumeInUseException;
import dev.kelpie.engine.report.DownReport;
import dev.kelpie.engine.report.EngineEvent;
import dev.kelpie.engine.report.EngineFacts;
import dev.kelpie.engine.report.Event;
import dev.kelpie.engine.report.EventType;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.report.PlayPlan;
import dev.kelpie.engine.report.PlayReport;
import dev.kelpie.engine.spec.ContainerSpec;
import dev.kelpie.engine.spec.PlaySpec;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.step.Steps;
import dev.kelpie.image.Image;
import dev.kelpie.image.ImageEvent;
import dev.kelpie.image.Images;
import dev.kelpie.image.Removal;
import dev.kelpie.image.build.BuildEvent;
import dev.kelpie.image.build.BuildRequest;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.runtime.HostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One engine: the pods, containers, volumes and images of one root. The caller holds the root's
/// lock; within the process every method may be called from any thread. What runs goes on when the
/// engine is closed or the process dies.
public final class Engine implements AutoCloseable {

    private final Core core;
    private final Images images;
    private final HostParts host;
    private final Supervisor supervisor;
    private final Plays plays;
    private final Pods pods;
    private final Containers containers;
    private final Volumes volumes;
    private final Secrets secrets;
    private final BridgeNetworks networks;
    private final Measures measures;
    private final ImageMounts imageMounts;
    private final Services services;
    private final Crons crons;
    private final List<Thread> resuming = new ArrayList<>();

    private Engine(Core core, HostParts host) {
        this.core = core;
        this.host = host;
        this.images = host.images();
        this.supervisor = new Supervisor(core);
        this.plays = new Plays(core, supervisor);
        this.imageMounts = new ImageMounts(core, images);
        images.watch(event -> core.journal.note(of(event)));
        var views = new Views(core);
        this.pods = new Pods(core, supervisor, plays, views);
        this.containers = new Containers(core, supervisor, plays, views);
        this.volumes = new Volumes(core, supervisor, containers);
        this.secrets = new Secrets(core);
        this.services = new Services(core);
        this.crons = new Crons(core, plays, supervisor, views);
        supervisor.onEndOfPod(crons::ended);
        this.measures = new Measures(core, views);
        this.networks = new BridgeNetworks(core, pods, containers);
    }

    /// Opens the root, makes it when missing, and puts right what a crash left: half-done plays are
    /// undone, removals and stops finished, restart policies applied.
    public static Engine open(EngineSettings settings) throws InterruptedException {
        var host = HostParts.of(settings);
        var core = new Core(settings, host.parts(), Steps.fromEnvironment());
        var engine = new Engine(core, host);
        try {
            var reconciler = new Reconciler(core, engine.supervisor, engine.plays);
            reconciler.reconcile();
            new CommitPauses(core, engine.measures).endAll();
            engine.resuming.addAll(reconciler.resuming());
            engine.crons.look();
            return engine;
        } catch (PodException | HostException | InterruptedException e) {
            engine.close();
            throw e;
        }
    }

    private Event of(ImageEvent image) {
        var facts =
                image.error().isEmpty()
                        ? Map.<String, String>of()
                        : Map.of(Event.ERROR, image.error());
        var time = core.clock.instant();
        return new Event(
                time, EventType.IMAGE, image.action(), image.id(), image.name(), facts, Map.of());
    }

    /// Waits until everything is brought back that was found down at opening.
    public void awaitResumed() throws InterruptedException {
        for (var thread : resuming) {
            thread.join();
        }
    }

    /// What `play` would do; touches nothing.
    public PlayPlan plan(PlaySpec play, PlayOptions options) throws InterruptedException {
        return plays.plan(play, options);
    }

    /// Makes the pods be there and run, all or nothing: a failure takes back what this play did and
    /// is thrown (`StartFailedException` when a container cannot be started). Pods that are there
    /// unchanged are left alone.
    public PlayReport play(List<PodSpec> specs, PlayOptions options, Consumer<EngineEvent> progress)
            throws InterruptedException {
        return plays.play(specs, options, progress);
    }

    /// The same, with Secrets and volumes that the manifests brought: made or replaced before the
    /// pods, and taken back with them.
    public PlayReport play(PlaySpec play, PlayOptions options, Consumer<EngineEvent> progress)
            throws InterruptedException {
        try {
            return plays.play(play, options, progress);
        } finally {
            if (!play.crons().isEmpty()) {
                crons.look();
            }
        }
    }

    /// Stops and removes these pods, all at once; a missing one is ignored.
    public DownReport down(List<String> names, DownOptions options) throws InterruptedException {
        var lookup = new Lookup(core.store);
        var removedCrons = crons.remove(options.crons());
        var found =
                names.stream().flatMap(name -> lookup.findPod(name).stream()).distinct().toList();
        var ids = found.stream().map(PodRow::id).toList();
        found.forEach(pod -> supervisor.cancel(core.store.now().members(pod.id())));
        var failures = new ArrayList<Outcome>();
        if (!found.isEmpty()) {
            supervisor.remover().wish(ids);
            supervisor.remover().remove(found, options.grace(), true);
        }
        var removedSecrets = secrets.removePlayed(options.secrets());
        var removedServices = services.remove(options.services());
        var removedVolumes = new ArrayList<String>();
        for (var name : options.volumes()) {
            if (core.store.now().volumes().containsKey(name)) {
                removeVolume(name, removedVolumes, failures);
            }
        }
        return new DownReport(
                ids, ids, removedSecrets, removedVolumes, removedServices, removedCrons, failures);
    }

    private void removeVolume(String name, List<String> removed, List<Outcome> failures)
            throws InterruptedException {
        try {
            volumes.remove(name, false);
            removed.add(name);
        } catch (VolumeInUseException e) {
            failures.add(Outcome.failed(name, "", e));
        }
    }

    public Pods pods() {
        return pods;
    }

    public Containers containers() {
        return containers;
    }

    public Volumes volumes() {
        return volumes;
    }

    public Crons crons() {
        return crons;
    }

    public Services services() {
        return services;
    }

    public Secrets secrets() {
        return secrets;
    }

    public BridgeNetworks networks() {
        return networks;
    }

    /// What containers do and use right now.
    public Measures measures() {
        return measures;
    }

    /// What happened.
    public Journal events() {
        return core.journal;
    }

    /// Builds an image; its steps run as the engine's containers do.
    public Image build(BuildRequest request, Consumer<BuildEvent> events)
            throws InterruptedException {
        return images.build(request, new BuildSteps(core), events);
    }

    /// Fetches what a git address (`URL#REF`) names into an empty directory.
    public void fetchGit(String address, Path target) throws InterruptedException {
        new GitFetch(address, target).run(false);
    }

    /// The image store, for everything but removal and builds.
    public Images images() {
        return images;
    }

    /// Removes an image or one name of it; one that containers use is refused, with `force` they
    /// are removed first.
    public Removal removeImage(String nameOrId, boolean force) throws InterruptedException {
        if (force && !images.lists().exists(nameOrId)) {
            var id = images.get(nameOrId).id().hex();
            var users =
                    core.store.now().containers().values().stream()
                            .filter(row -> row.image().reference().id().equals(id))
                            .map(ContainerRow::id)
                            .toList();
            containers.remove(users, RemoveOptions.FORCE);
        }
        var removal = images.remove(nameOrId, force, imagesOfContainers());
        imageMounts.removed(removal.deleted());
        return removal;
    }

    /// Ids of the images that containers have or that are mounted.
    public Set<Digest> imagesInUse() {
        var all = new HashSet<>(imagesOfContainers());
        imageMounts.list().forEach(mounted -> all.add(mounted.image().id()));
        return all;
    }

    /// Images shown on the host.
    public ImageMounts imageMounts() {
        return imageMounts;
    }

    /// What changed from one image to another.
    public Differences differences() {
        return new Differences(core, images);
    }

    private Set<Digest> imagesOfContainers() {
        var state = core.store.now();
        var volumes =
                state.pods().values().stream()
                        .flatMap(pod -> ImageVolumes.sources(pod.spec()).stream())
                        .flatMap(source -> core.parts.images().find(source.reference()).stream())
                        .map(image -> image.id().hex());
        var containers =
                state.containers().values().stream().map(row -> row.image().reference().id());
        return Stream.concat(containers, volumes)
                .filter(id -> !id.isEmpty())
                .map(Digest::new)
                .collect(Collectors.toSet());
    }

    /// Containers' files as images and archives.
    public Snapshots snapshots() {
        return new Snapshots(core, containers, images, new CommitPauses(core, measures));
    }

    /// What containers and volumes take of the disk.
    public DiskUse diskUse() {
        return new DiskUse(core.files);
    }

    public EngineFacts facts() {
        var all = containers.list();
        var running = all.stream().filter(c -> c.state().running()).count();
        return new EngineFacts(
                core.files.root(),
                core.files.runRoot(),
                core.parts.runtime().name() + " " + core.parts.runtime().version(),
                core.network.name(),
                host.cgroupVersion(),
                new EngineFacts.ContainerCounts(
                        all.size(), (int) running, 0, (int) (all.size() - running)),
                pods.list().size(),
                images.all().size());
    }

    /// What of these specs this host cannot do although they run: for the user to know.
    public List<String> unmet(List<ContainerSpec> specs) {
        return HostDemands.unmet(core, specs);
    }

    /// What it costs here to give a pod these users: for the user to know.
    public Optional<String> cost(PodUsers users) {
        return HostDemands.cost(core, users);
    }

    /// To be told of every container that ended: cleans up behind it, applies its restart policy.
    /// Idempotent; an unknown id is ignored; may block.
    public void containerEnded(String containerId) throws InterruptedException {
        supervisor.ended(containerId);
    }

    /// Whether something is due later, so that the process must stay (a restart's back-off).
    public boolean needsClock() {
        return supervisor.hasPending() || crons.hasPending();
    }

    /// Ends all containers as the host goes down, in the time that each has; those of systemd's
    /// units are left to it. Afterwards nothing is started by itself until an engine is opened
    /// anew.
    public void halt() throws InterruptedException {
        crons.close();
        supervisor.halt();
    }

    /// Whether all was ended for the host's halt.
    public boolean isHalted() {
        return supervisor.isClosed();
    }

    /// Lets go of everything; containers go on.
    @Override
    public void close() {
        crons.close();
        supervisor.close();
        core.close();
        host.close();
    }
}
