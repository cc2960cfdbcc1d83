package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.sandbox.HostGateway;
import dev.kelpie.engine.state.NetworkRow;
import dev.kelpie.image.build.RunStep;
import dev.kelpie.image.build.StepSettings;
import dev.kelpie.runtime.network.HostsFile;
import dev.kelpie.runtime.oci.ContainerConfig.NamespaceChoice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The networks of one build's steps. A bridge costs more than a short command, so a network
/// namespace serves one step after another; steps side by side get one each.
final class BuildNetworks {

    static final String HOSTNAME = "build";

    /// What a step joins.
    ///
    /// @param owner of addresses; empty when it has none
    record Joined(
            RunStep.Network kind,
            Optional<String> owner,
            NamespaceChoice choice,
            Path hosts,
            Path resolvConf) {}

    private final Core core;
    private final StepSettings settings;
    private final Deque<Joined> free = new ArrayDeque<>();
    private final List<String> owners = new ArrayList<>();

    BuildNetworks(Core core, StepSettings settings) {
        this.core = core;
        this.settings = settings;
    }

    Joined take(RunStep.Network kind) throws InterruptedException {
        synchronized (free) {
            for (var joined : free) {
                if (joined.kind() == kind) {
                    free.remove(joined);
                    return joined;
                }
            }
        }
        var made = new ArrayList<Joined>();
        Undisturbed.run(() -> made.add(make(kind)));
        return made.getFirst();
    }

    void giveBack(Joined joined) {
        synchronized (free) {
            free.add(joined);
        }
    }

    private Joined make(RunStep.Network kind) throws InterruptedException {
        var owner = Ids.fresh();
        synchronized (free) {
            owners.add(owner);
        }
        var directory = core.files.runPod(owner);
        try {
            Files.createDirectories(directory);
            NamespaceChoice choice =
                    switch (kind) {
                        case HOST -> new NamespaceChoice.Host();
                        case NONE -> new NamespaceChoice.Own();
                        case DEFAULT -> new NamespaceChoice.Joined(bridged(owner));
                    };
            var hosts = write(core.files.hosts(owner), hosts(owner, kind));
            var resolvers =
                    write(
                            core.files.resolvConf(owner),
                            core.sandboxes.resolvConf(
                                    owner,
                                    kind == RunStep.Network.HOST,
                                    settings.dns().servers(),
                                    settings.dns().searches(),
                                    settings.dns().options()));
            return new Joined(kind, Optional.of(owner), choice, hosts, resolvers);
        } catch (IOException e) {
            throw new EngineIoException("cannot prepare the network of a build", e);
        }
    }

    private static Path write(Path file, String text) throws IOException {
        Files.writeString(file, text);
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
    }

    private Path bridged(String owner) throws IOException, InterruptedException {
        var namespaces = core.files.namespaces(owner);
        Files.createDirectories(namespaces);
        core.parts.kernel().makeNamespaces(namespaces, HOSTNAME, Map.of(), Optional.empty());
        core.store.change(change -> core.networks.allocateOne(change, owner));
        core.network.attach(core.networks.attachments(owner));
        return namespaces.resolve("net");
    }

    private String hosts(String owner, RunStep.Network kind) throws IOException {
        var file = HostsFile.LOOPBACK;
        var onHost = kind == RunStep.Network.HOST;
        var gateways = gateways(owner);
        var gateway = gateways.stream().findFirst();
        for (var entry : settings.hosts().entrySet()) {
            var names = List.of(entry.getKey());
            file = file.with(HostGateway.address(entry.getValue(), names, onHost, gateway), names);
        }
        for (var row : core.store.now().addressesOf(owner)) {
            file = file.with(row.address(), List.of(HOSTNAME));
        }
        for (var address : gateways) {
            file = file.with(address, List.of("host.containers.internal", "host.docker.internal"));
        }
        return (onHost ? Files.readString(Path.of("/etc/hosts")) : "") + file.toText();
    }

    private List<String> gateways(String owner) {
        var state = core.store.now();
        return state.addressesOf(owner).stream()
                .flatMap(row -> Optional.ofNullable(state.networks().get(row.network())).stream())
                .map(NetworkRow::gateway)
                .toList();
    }

    void close() throws InterruptedException {
        List<String> all;
        synchronized (free) {
            free.clear();
            all = List.copyOf(owners);
            owners.clear();
        }
        for (var owner : all) {
            forget(core, owner);
        }
    }

    /// Takes away an owner's addresses, interfaces and files, whatever there is of them.
    static void forget(Core core, String owner) throws InterruptedException {
        var leaving = core.networks.attachments(owner);
        if (!leaving.isEmpty()) {
            core.store.change(change -> change.releaseAddresses(owner));
            core.network.detach(leaving);
        }
        core.sandboxes.destroy(owner);
    }
}
