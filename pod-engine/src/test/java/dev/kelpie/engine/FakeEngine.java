package dev.kelpie.engine;

import dev.kelpie.engine.sandbox.Bundles;
import dev.kelpie.engine.sandbox.NetworkChooser;
import dev.kelpie.engine.step.Steps;
import dev.kelpie.image.Image;
import dev.kelpie.image.RegistryException;
import dev.kelpie.image.registry.PullEvent;
import dev.kelpie.image.registry.PullOptions;
import dev.kelpie.image.registry.RegistrySettings;
import dev.kelpie.image.spec.ContainerConfig;
import dev.kelpie.image.spec.Digest;
import dev.kelpie.image.spec.ImageConfig;
import dev.kelpie.image.spec.ImageReference;
import dev.kelpie.image.spec.Manifest;
import dev.kelpie.image.spec.Platform;
import dev.kelpie.runtime.conmon.FakeConmon;
import dev.kelpie.runtime.network.BridgeNetwork;
import dev.kelpie.runtime.network.FakeNetworkBackend;
import dev.kelpie.runtime.network.HostLinks;
import dev.kelpie.runtime.network.NetworkRoot;
import dev.kelpie.runtime.network.SixHost;
import dev.kelpie.runtime.network.Subnet;
import dev.kelpie.runtime.oci.ExecProcess;
import dev.kelpie.runtime.oci.FakeOciRuntime;
import dev.kelpie.runtime.spec.OciProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// An engine on fakes: everything but the kernel, the OCI runtime, conmon and the network is real.
final class FakeEngine implements AutoCloseable {

    final FakeOciRuntime runtime;
    final FakeConmon conmon;
    final FakeKernel kernel;
    final FakeNetworkBackend network;
    final FakeImages images = new FakeImages();
    final InstantSource clock;
    final Core core;
    final Supervisor supervisor;
    final Plays plays;
    final Pods pods;
    final Containers containers;
    final BridgeNetworks networks;
    final Services services;
    final Crons crons;

    static FakeEngine at(Path directory) throws InterruptedException {
        return at(directory, InstantSource.system());
    }

    /// One whose time is this clock's.
    static FakeEngine at(Path directory, InstantSource clock) throws InterruptedException {
        return new FakeEngine(directory, new FakeKernel(), new FakeOciRuntime(), clock);
    }

    /// Another engine on the same root, as after a restart of the service.
    FakeEngine reopened(Path directory) throws InterruptedException {
        crons.close();
        supervisor.close();
        core.close();
        return new FakeEngine(directory, kernel, runtime, clock);
    }

    /// The same for one that was closed.
    FakeEngine reopenedAfterClose(Path directory) throws InterruptedException {
        return new FakeEngine(directory, kernel, runtime, clock);
    }

    private FakeEngine(
            Path directory, FakeKernel kernel, FakeOciRuntime runtime, InstantSource clock)
            throws InterruptedException {
        this.clock = clock;
        this.kernel = kernel;
        this.runtime = runtime;
        this.conmon = new FakeConmon(runtime);
        var where = new EngineRoot(directory.resolve("root"), directory.resolve("run"));
        var backends = new java.util.ArrayList<FakeNetworkBackend>();
        var root = NetworkRoot.of(where.root(), where.runRoot());
        var parts =
                new Parts(
                        runtime,
                        conmon,
                        new NoBundles(),
                        intent -> {
                            backends.add(new FakeNetworkBackend(intent));
                            return backends.getFirst();
                        },
                        new FreeNetworks(root),
                        kernel,
                        images,
                        "/kelpie-test");
        this.core = new Core(settings(where, clock), parts, Steps.SILENT);
        this.network = backends.getFirst();
        this.supervisor = new Supervisor(core);
        this.plays = new Plays(core, supervisor);
        var views = new Views(core);
        this.pods = new Pods(core, supervisor, plays, views);
        this.containers = new Containers(core, supervisor, plays, views);
        this.services = new Services(core);
        this.crons = new Crons(core, plays, supervisor, views);
        supervisor.onEndOfPod(crons::ended);
        this.networks = new BridgeNetworks(core, pods, containers);
        new Reconciler(core, supervisor, plays).reconcile();
        putPauseProgram();
        crons.look();
    }

    private static EngineSettings settings(EngineRoot where, InstantSource clock) {
        return new EngineSettings(
                where,
                List.of(),
                clock,
                RegistrySettings.NONE,
                dev.kelpie.engine.secret.Credentials.NONE);
    }

    /// So that no test needs the real one.
    private void putPauseProgram() {
        try {
            Files.createDirectories(core.files.infraRoot());
            Files.writeString(core.files.infraRoot().resolve("catatonit"), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        crons.close();
        supervisor.close();
        core.close();
        conmon.close();
        kernel.close();
    }

    /// On a host that has no networks of its own.
    private record FreeNetworks(NetworkRoot root) implements NetworkChooser {
        @Override
        public BridgeNetwork choose(String name, Collection<BridgeNetwork> taken) {
            return BridgeNetwork.choose(name, root, HostLinks.NONE, taken);
        }

        @Override
        public BridgeNetwork on(Subnet subnet, String name, Collection<BridgeNetwork> taken) {
            return BridgeNetwork.on(subnet, name, root, HostLinks.NONE, taken);
        }

        @Override
        public void requireFreeSix(Subnet subnet, Collection<BridgeNetwork> taken) {
            new SixHost(Optional.empty(), List.of()).requireFree(subnet, taken);
        }
    }

    /// Nothing is written: nobody reads it.
    private static final class NoBundles implements Bundles {
        @Override
        public Written write(Path bundle, dev.kelpie.runtime.oci.ContainerConfig config) {
            return _ -> {};
        }

        @Override
        public Optional<String> obstacle(dev.kelpie.engine.spec.Security wanted) {
            return wanted.confinement().seLinux().map(_ -> "no SELinux here");
        }

        @Override
        public OciProcess process(Path bundle, ExecProcess wanted) {
            throw new UnsupportedOperationException();
        }
    }

    /// Has every image but those said to be missing; pulls those that are not said to be absent.
    static final class FakeImages implements ImageFinder {

        final Set<String> missing = ConcurrentHashMap.newKeySet();
        final Set<String> unreachable = ConcurrentHashMap.newKeySet();
        final List<String> pulled = new java.util.concurrent.CopyOnWriteArrayList<>();

        @Override
        public Optional<Image> find(String nameOrId) {
            return missing.contains(nameOrId) ? Optional.empty() : Optional.of(image(nameOrId));
        }

        @Override
        public Image pull(String name, PullOptions options, Consumer<PullEvent> events) {
            pulled.add(name);
            if (unreachable.contains(name)) {
                throw new RegistryException("cannot pull '" + name + "'", 404);
            }
            return image(name);
        }

        private static Image image(String name) {
            var digest = Digest.of(name.getBytes(java.nio.charset.StandardCharsets.UTF_8));
            return new Image(
                    digest,
                    digest,
                    List.of(ImageReference.parse(name)),
                    List.of(),
                    manifest(digest),
                    new ImageConfig(
                            Platform.host(),
                            Optional.empty(),
                            Optional.empty(),
                            ContainerConfig.EMPTY,
                            List.of(),
                            List.of()),
                    List.of(Path.of("/layer")),
                    0);
        }

        private static Manifest manifest(Digest digest) {
            var config =
                    new dev.kelpie.image.spec.Descriptor(
                            dev.kelpie.image.spec.MediaType.OCI_CONFIG,
                            digest,
                            1,
                            Optional.empty(),
                            java.util.Map.of());
            return new Manifest(
                    dev.kelpie.image.spec.MediaType.OCI_MANIFEST,
                    config,
                    List.of(),
                    java.util.Map.of());
        }
    }
}
