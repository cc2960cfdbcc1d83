package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.NetworkNotFoundException;
import dev.kelpie.engine.report.NetworkAttachment;
import dev.kelpie.engine.spec.NetworkOptions;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.PortMapping;
import dev.kelpie.engine.spec.ServiceSpec;
import dev.kelpie.engine.state.AddressRow;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.NetworkRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.ServiceRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.engine.state.StateStore;
import dev.kelpie.runtime.network.Attachment;
import dev.kelpie.runtime.network.BridgeNetwork;
import dev.kelpie.runtime.network.NetworkIntent;
import dev.kelpie.runtime.network.NetworkState;
import dev.kelpie.runtime.network.PublishedPort;
import java.net.InetAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Addresses and host ports of pods, as rows of the state; what should exist on the host's networks
/// is read from them.
public final class Networks implements NetworkIntent {

    /// The network of everything that names none.
    public static final String DEFAULT = "kelpie";

    /// What Podman's users call it.
    private static final Set<String> OTHER_NAMES =
            Set.of("podman", "bridge", "default", "podman-default-kube-network");

    private final StateStore store;
    private final EngineFiles files;
    private final NetworkChooser chooser;
    private final String bootId;
    private final ServiceView services;

    /// @param chooser of what a new network needs
    public Networks(
            StateStore store,
            EngineFiles files,
            NetworkChooser chooser,
            String bootId,
            ServiceView services) {
        this.services = services;
        this.store = store;
        this.files = files;
        this.chooser = chooser;
        this.bootId = bootId;
    }

    @Override
    public NetworkState desired() {
        var state = store.now();
        var attachments = new ArrayList<Attachment>();
        var ports = new HashMap<String, List<PublishedPort>>();
        for (var row : state.addresses().values()) {
            if (row.bootId().equals(bootId)) {
                attachments.add(attachment(state, row));
                if (!row.ports().isEmpty()) {
                    ports.put(row.pod(), row.ports().stream().map(PodPorts::published).toList());
                }
            }
        }
        return new NetworkState(taken(state), attachments, ports, services.of(state));
    }

    /// A pod's interfaces as the state has them now.
    public List<Attachment> attachments(String pod) {
        var state = store.now();
        return state.addressesOf(pod).stream()
                .filter(row -> row.bootId().equals(bootId))
                .map(row -> attachment(state, row))
                .toList();
    }

    /// What listings show of them.
    public List<NetworkAttachment> facts(State state, String pod) {
        return state.addressesOf(pod).stream()
                .filter(row -> row.bootId().equals(bootId))
                .flatMap(row -> fact(state, row).stream())
                .toList();
    }

    private Optional<NetworkAttachment> fact(State state, AddressRow row) {
        return Optional.ofNullable(state.networks().get(row.network()))
                .map(network ->
                        new NetworkAttachment(
                                row.network(),
                                "eth" + row.index(),
                                RowAddresses.withPrefixes(network, row),
                                RowAddresses.gateways(network),
                                Optional.of(mac(row)),
                                row.names()));
    }

    /// The host ports a pod has, those chosen for it filled in; before it first ran, as asked for.
    public static List<PortMapping> ports(State state, PodRow pod) {
        var rows = state.addressesOf(pod.id());
        return rows.isEmpty()
                ? pod.spec().network().ports()
                : rows.stream().flatMap(row -> row.ports().stream()).toList();
    }

    /// The gateways of a pod's networks that answer DNS.
    public List<InetAddress> resolvers(String pod) {
        var state = store.now();
        return state.addressesOf(pod).stream()
                .map(row -> Optional.ofNullable(state.networks().get(row.network())))
                .flatMap(Optional::stream)
                .filter(NetworkRow::dns)
                .map(network -> RowAddresses.address(network.gateway()))
                .toList();
    }

    /// Gives a pod its addresses and host ports, in the transaction that is under way; nothing when
    /// it has them already or needs none.
    public void allocate(Change change, PodRow pod, List<String> names) {
        if (!(pod.spec().network().mode() instanceof PodNetwork.Bridge(var requests, boolean bare))
                || bare) {
            return;
        }
        var present = change.now().addressesOf(pod.id());
        if (!present.isEmpty() && present.getFirst().bootId().equals(bootId)) {
            return;
        }
        change.releaseAddresses(pod.id());
        var wanted =
                requests.isEmpty()
                        ? List.of(new PodNetwork.NetworkRequest(DEFAULT, java.util.Map.of()))
                        : requests;
        var ports = PodPorts.settled(change.now(), pod);
        for (int i = 0; i < wanted.size(); i++) {
            var request = wanted.get(i);
            var all = new ArrayList<>(names);
            all.addAll(request.options().getOrDefault("alias", List.of()));
            var own = i == 0 ? ports : List.<PortMapping>of();
            change.put(row(change, pod.id(), i, request, dnsNames(all), own));
        }
    }

    /// Gives a pod that has its addresses already one on a further network. The ports are settled
    /// when nobody of its rows has them.
    ///
    /// @param names that it has on each of its networks
    public void allocateFurther(
            Change change, PodRow pod, PodNetwork.NetworkRequest request, List<String> names) {
        var present = change.now().addressesOf(pod.id());
        int index = 0;
        while (has(present, index)) {
            index++;
        }
        var all = new ArrayList<>(names);
        all.addAll(request.options().getOrDefault("alias", List.of()));
        var ports =
                present.isEmpty() ? PodPorts.settled(change.now(), pod) : List.<PortMapping>of();
        change.put(row(change, pod.id(), index, request, dnsNames(all), ports));
    }

    private static boolean has(List<AddressRow> rows, int index) {
        return rows.stream().anyMatch(row -> row.index() == index);
    }

    /// Takes a pod's address on one network; its ports are led to another of its addresses.
    public static void release(Change change, String pod, String network) {
        var rows = change.now().addressesOf(pod);
        var ports = rows.stream().flatMap(row -> row.ports().stream()).toList();
        change.removeAddress(pod, network);
        rows.stream()
                .filter(row -> !row.network().equals(network))
                .findFirst()
                .ifPresent(row -> change.put(row.withPorts(ports)));
    }

    private AddressRow row(
            Change change,
            String owner,
            int index,
            PodNetwork.NetworkRequest request,
            List<String> names,
            List<PortMapping> ports) {
        var network = network(change, request.network());
        return new AddressRow(
                owner,
                network.name(),
                index,
                FreeAddress.of(change.now(), network, request).getHostAddress(),
                names,
                ports,
                bootId,
                request.options().getOrDefault("mac", List.of()).stream().findFirst());
    }

    /// Gives something that is no pod an address on the default network.
    public void allocateOne(Change change, String owner) {
        var request = new PodNetwork.NetworkRequest(DEFAULT, java.util.Map.of());
        change.put(row(change, owner, 0, request, List.of(), List.of()));
    }

    /// Which network a word means: `bridge` and others are the default one's other names.
    public static String canonical(String asked) {
        return OTHER_NAMES.contains(asked) ? DEFAULT : asked;
    }

    /// The network of this name, or whose id begins so.
    public static Optional<NetworkRow> find(State state, String asked) {
        var named = state.networks().get(canonical(asked));
        if (named != null) {
            return Optional.of(named);
        }
        var byId =
                state.networks().values().stream()
                        .filter(row -> row.id().startsWith(asked))
                        .toList();
        return byId.size() == 1 && !asked.isEmpty()
                ? Optional.of(byId.getFirst())
                : Optional.empty();
    }

    /// The networks that a pod of this spec is on; throws `NetworkNotFoundException` for one that
    /// is not there. The default one is made when first needed, so it need not be there.
    public static List<String> joined(State state, PodSpec spec) {
        if (!(spec.network().mode() instanceof PodNetwork.Bridge(var requests, boolean bare))
                || bare) {
            return List.of();
        }
        return requests.isEmpty()
                ? List.of(DEFAULT)
                : requests.stream().map(request -> named(state, request.network())).toList();
    }

    private static String named(State state, String asked) {
        return canonical(asked).equals(DEFAULT)
                ? DEFAULT
                : find(state, asked)
                        .map(NetworkRow::name)
                        .orElseThrow(() -> new NetworkNotFoundException(asked));
    }

    /// The network; the default one is made when it is not there.
    private NetworkRow network(Change change, String asked) {
        var name = named(change.now(), asked);
        var known = change.now().networks().get(name);
        return known == null ? makeDefault(change) : known;
    }

    /// The default network, made now unless it is there.
    public NetworkRow makeDefault(Change change) {
        var known = change.now().networks().get(DEFAULT);
        if (known != null) {
            return known;
        }
        var chosen = chooser.choose(DEFAULT, taken(change.now()));
        var row = row(chosen, chosen.gateway(), true, NetworkOptions.NONE, Optional.empty());
        change.put(row);
        return row;
    }

    /// Every network of this state as the host knows it.
    public static List<BridgeNetwork> taken(State state) {
        return state.networks().values().stream().map(Networks::bridge).toList();
    }

    /// What the state keeps of a network that was chosen.
    public static NetworkRow row(
            BridgeNetwork chosen,
            InetAddress gateway,
            boolean dns,
            NetworkOptions options,
            Optional<Instant> created) {
        return new NetworkRow(
                chosen.name(),
                chosen.id(),
                chosen.bridge(),
                chosen.subnet().toString(),
                gateway.getHostAddress(),
                dns,
                created,
                Optional.of(options));
    }

    /// The ports of a pod as they are to be looked for on the host.
    public List<PublishedPort> publishedPorts(String pod) {
        var state = store.now();
        return state.addressesOf(pod).stream()
                .flatMap(row -> PodPorts.looked(row, state.networks().get(row.network())))
                .toList();
    }

    private Attachment attachment(State state, AddressRow row) {
        return new Attachment(
                row.pod(),
                files.namespaces(row.pod()).resolve("net"),
                "eth" + row.index(),
                RowAddresses.address(row.address()),
                mac(row),
                row.network(),
                own(state, dnsNames(scoped(state, row))));
    }

    /// Also as the resolvers of its namespace ask first, some of which (busybox') ask no more.
    private static List<String> scoped(State state, AddressRow row) {
        var names = new ArrayList<>(row.names());
        state.pod(row.pod())
                .map(pod -> ServiceSpec.search(pod.spec().metadata().namespace()))
                .ifPresent(search -> row.names().forEach(name -> names.add(name + "." + search)));
        return names;
    }

    /// A name that is a Service's means that one, not one of the pods behind it.
    private static List<String> own(State state, List<String> names) {
        if (state.services().isEmpty()) {
            return names;
        }
        var others =
                state.services().values().stream()
                        .map(ServiceRow::spec)
                        .flatMap(spec ->
                                Stream.concat(Stream.of(spec.name()), spec.dnsNames().stream()))
                        .collect(Collectors.toSet());
        return names.stream().filter(name -> !others.contains(name)).toList();
    }

    private static String mac(AddressRow row) {
        return row.mac().orElseGet(() -> Attachment.macOf(RowAddresses.address(row.address())));
    }

    private static BridgeNetwork bridge(NetworkRow row) {
        return new BridgeNetwork(
                row.name(),
                row.id(),
                row.bridge(),
                RowAddresses.reach(row),
                row.dns(),
                row.made().mtu(),
                row.made().internal(),
                row.made().resolvers().stream().map(RowAddresses::address).toList());
    }

    private static List<String> dnsNames(List<String> names) {
        return names.stream()
                .filter(name -> name.matches("[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}"))
                .distinct()
                .toList();
    }
}
