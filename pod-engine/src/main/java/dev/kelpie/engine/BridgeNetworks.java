package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.NetworkInUseException;
import dev.kelpie.engine.fault.NetworkNotFoundException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.report.NetworkSummary;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.sandbox.Networks;
import dev.kelpie.engine.sandbox.RowAddresses;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.NetworkRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.NetworkException;
import dev.kelpie.runtime.network.BridgeNetwork;
import dev.kelpie.runtime.network.Subnet;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// The networks of an engine. On the host there is something of one only while a pod is on it.
public final class BridgeNetworks {

    /// Words that `--network` takes for something else.
    private static final Set<String> MODES =
            Set.of("container", "host", "none", "ns", "pasta", "private", "slirp4netns");

    private final Core core;
    private final Pods pods;
    private final Containers containers;

    BridgeNetworks(Core core, Pods pods, Containers containers) {
        this.core = core;
        this.pods = pods;
        this.containers = containers;
    }

    /// Which network a word means: `podman` and others are the default one's other names.
    public static String canonical(String asked) {
        return Networks.canonical(asked);
    }

    /// Makes a network; its name.
    public String create(NewNetwork wanted) {
        requireName(wanted.name());
        core.store.requireRoom();
        core.steps.at("network.create");
        return core.store.compute(change -> {
            core.networks.makeDefault(change);
            var known = change.now().networks().get(Networks.canonical(wanted.name()));
            if (known == null) {
                var row = chosen(change.now(), wanted);
                change.put(row);
                return row.name();
            }
            if (!wanted.keep()) {
                throw new InvalidRequestException(
                        "network name " + wanted.name() + " already used: network already exists");
            }
            return wanted.name();
        });
    }

    private static void requireName(String name) {
        if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,252}") || name.equals("aardvark.pid")) {
            throw new InvalidRequestException(
                    "network name \""
                            + name
                            + "\" invalid: names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*");
        }
        if (MODES.contains(name)) {
            throw new InvalidRequestException(
                    "cannot create network with name \""
                            + name
                            + "\" because it conflicts with a valid network mode");
        }
    }

    private NetworkRow chosen(State state, NewNetwork wanted) {
        var chooser = core.parts.networkChooser();
        BridgeNetwork chosen;
        try {
            var taken = Networks.taken(state);
            chosen =
                    wanted.subnet().isPresent()
                            ? chooser.on(wanted.subnet().get(), wanted.name(), taken)
                            : chooser.choose(wanted.name(), taken);
            wanted.options()
                    .six()
                    .ifPresent(six -> chooser.requireFreeSix(Subnet.parse(six.subnet()), taken));
        } catch (NetworkException e) {
            throw new InvalidRequestException(String.valueOf(e.getMessage()));
        }
        var row =
                Networks.row(
                        chosen,
                        wanted.gateway().orElse(chosen.gateway()),
                        wanted.dns(),
                        wanted.options(),
                        Optional.of(core.clock.instant()));
        try {
            var _ = RowAddresses.reach(row);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(String.valueOf(e.getMessage()));
        }
        return row;
    }

    /// Every network, oldest first; the default one is always there.
    public List<NetworkSummary> list() {
        core.store.change(core.networks::makeDefault);
        var state = core.store.now();
        return state.networks().values().stream().map(row -> summary(state, row)).toList();
    }

    /// Throws `NetworkNotFoundException`.
    public NetworkSummary find(String nameOrId) {
        return summary(core.store.now(), row(nameOrId));
    }

    public boolean exists(String nameOrId) {
        return Networks.canonical(nameOrId).equals(Networks.DEFAULT)
                || Networks.find(core.store.now(), nameOrId).isPresent();
    }

    private NetworkRow row(String nameOrId) {
        if (Networks.canonical(nameOrId).equals(Networks.DEFAULT)) {
            core.store.change(core.networks::makeDefault);
        }
        return Networks.find(core.store.now(), nameOrId)
                .orElseThrow(() -> new NetworkNotFoundException(nameOrId));
    }

    private NetworkSummary summary(State state, NetworkRow row) {
        return new NetworkSummary(
                row.name(),
                row.id(),
                row.bridge(),
                new NetworkSummary.Addresses(row.subnet(), row.gateway()),
                row.dns(),
                row.created().orElse(Instant.EPOCH),
                row.made(),
                users(state, row.name()).stream()
                        .flatMap(pod -> member(state, pod, row.name()).stream())
                        .toList());
    }

    private Optional<NetworkSummary.Member> member(State state, PodRow pod, String network) {
        var attachments =
                core.networks.facts(state, pod.id()).stream()
                        .filter(each -> each.network().equals(network))
                        .toList();
        return first(state, pod)
                .map(row -> new NetworkSummary.Member(row.id(), row.name(), attachments));
    }

    private static Optional<ContainerRow> first(State state, PodRow pod) {
        return state.members(pod.id()).stream().findFirst();
    }

    private static List<PodRow> users(State state, String network) {
        return state.pods().values().stream()
                .filter(pod -> Networks.joined(state, pod.spec()).contains(network))
                .toList();
    }

    /// Connects a container to a further network, now if it runs and whenever it starts.
    ///
    /// @param options `ip`, `ip6`, `mac`, `alias`
    public void connect(String network, String container, Map<String, List<String>> options)
            throws InterruptedException {
        new Connecting(core).connect(row(network), containers.row(container), options);
    }

    /// Takes a container off a network.
    public void disconnect(String network, String container) throws InterruptedException {
        new Connecting(core).disconnect(row(network), containers.row(container));
    }

    /// Gives a network other resolvers, at once; its name.
    public String update(String nameOrId, UnaryOperator<List<String>> resolvers)
            throws InterruptedException {
        var name = row(nameOrId).name();
        core.steps.at("network.update");
        core.store.change(change -> {
            var now = change.now().networks().get(name);
            if (now == null) {
                throw new NetworkNotFoundException(nameOrId);
            }
            var options = now.made();
            change.put(
                    now.withOptions(options.withResolvers(resolvers.apply(options.resolvers()))));
        });
        if (core.network.hasRemains()) {
            core.network.serve();
        }
        return name;
    }

    /// Puts interfaces and rules back where the host has lost them.
    public void reload() throws InterruptedException {
        core.steps.at("network.reload");
        core.network.reapply();
    }

    /// Removes networks; one that pods join only with `force`, and then those as well.
    public List<Outcome> remove(List<String> names, boolean force) throws InterruptedException {
        var outcomes = new ArrayList<Outcome>();
        for (var name : names) {
            try {
                var row = row(name);
                remove(row, force);
                outcomes.add(Outcome.done(name, row.name()));
            } catch (PodException e) {
                outcomes.add(Outcome.failed(name, "", e));
            }
        }
        return outcomes;
    }

    private void remove(NetworkRow row, boolean force) throws InterruptedException {
        if (row.name().equals(Networks.DEFAULT)) {
            throw new InvalidRequestException(
                    "default network " + row.name() + " cannot be removed");
        }
        if (force) {
            removeUsers(row);
        }
        core.steps.at("network.remove");
        core.store.change(change -> forget(change, row));
    }

    private void removeUsers(NetworkRow row) throws InterruptedException {
        var state = core.store.now();
        for (var pod : users(state, row.name())) {
            if (pod.solo()) {
                var alone = first(state, pod).map(ContainerRow::id).stream().toList();
                containers.remove(alone, RemoveOptions.FORCE);
            } else {
                pods.remove(List.of(pod.id()), RemoveOptions.FORCE);
            }
        }
    }

    private static void forget(Change change, NetworkRow row) {
        if (!users(change.now(), row.name()).isEmpty()) {
            throw new NetworkInUseException(row.name());
        }
        change.removeNetwork(row.name());
    }
}
