package dev.kelpie.engine;

import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.sandbox.Observer;
import dev.kelpie.engine.sandbox.ServicePorts;
import dev.kelpie.engine.sandbox.ServiceView;
import dev.kelpie.engine.spec.PodNetwork.NamedPort;
import dev.kelpie.engine.spec.ServiceSpec;
import dev.kelpie.engine.state.AddressRow;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.Phase;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.ServiceRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.network.Subnet;
import dev.kelpie.runtime.network.VirtualService;
import dev.kelpie.runtime.network.VirtualService.Backend;
import dev.kelpie.runtime.network.VirtualService.ServedPort;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Who stands behind each Service right now: the pods that it selects and that are ready, by the
/// kubelet's rule (all containers run, and those with a readiness probe have passed it).
final class Endpoints implements ServiceView {

    private final Observer observer;
    private final ProbeBooks books;
    private final String bootId;
    private volatile List<VirtualService> told = List.of();

    Endpoints(Observer observer, ProbeBooks books, String bootId) {
        this.observer = observer;
        this.books = books;
        this.bootId = bootId;
    }

    /// What the host's networks were last told.
    List<VirtualService> told() {
        return told;
    }

    void tell(List<VirtualService> services) {
        told = services;
    }

    @Override
    public List<VirtualService> of(State state) {
        return state.services().values().stream().map(row -> service(state, row)).toList();
    }

    private VirtualService service(State state, ServiceRow row) {
        var spec = row.spec();
        var pods = pods(state, row);
        var ports = new ArrayList<ServedPort>();
        for (int i = 0; i < spec.ports().size(); i++) {
            ports.add(
                    new ServedPort(
                            ServicePorts.protocol(spec.ports().get(i)),
                            spec.ports().get(i).port(),
                            ServicePorts.onHost(row, i),
                            backends(state, pods, spec.ports().get(i))));
        }
        return new VirtualService(
                row.id(),
                row.address().flatMap(Subnet::address),
                spec.dnsNames(),
                spec.headless() ? List.of() : ports,
                spec.headless()
                        ? pods.stream().flatMap(pod -> address(state, pod).stream()).toList()
                        : List.of(),
                spec.sticky());
    }

    /// The pods behind a Service that may be sent to, oldest first.
    List<PodRow> pods(State state, ServiceRow service) {
        return state.pods().values().stream()
                .filter(pod -> !pod.solo() && service.spec().selects(pod.spec().metadata()))
                .filter(pod -> address(state, pod).isPresent())
                .filter(pod -> service.spec().unready() || isReady(state, pod))
                .toList();
    }

    private boolean isReady(State state, PodRow pod) {
        var stays = pod.phase() == Phase.MADE || pod.phase() == Phase.MAKING;
        return stays
                && pod.spec().policy().readinessGates().isEmpty()
                && state.members(pod.id()).stream()
                        .filter(row -> row.kind() == ContainerKind.APP || row.sidecar())
                        .allMatch(this::isReady);
    }

    private boolean isReady(ContainerRow row) {
        if (row.life().stoppedByUser()
                || !(observer.observe(row.id()) instanceof Observation.Running)) {
            return false;
        }
        var probes = row.spec().policy().probes();
        return probes.none() || books.known(row.id()).ready(probes);
    }

    private static List<Backend> backends(State state, List<PodRow> pods, ServiceSpec.Port port) {
        var backends = new ArrayList<Backend>();
        for (var pod : pods) {
            var target = target(pod, port);
            if (target.isPresent()) {
                backends.add(new Backend(requireAddress(state, pod), target.getAsInt()));
            }
        }
        return backends;
    }

    private static OptionalInt target(PodRow pod, ServiceSpec.Port port) {
        if (port.target().matches("[0-9]{1,5}")) {
            return OptionalInt.of(Integer.parseInt(port.target()));
        }
        return pod.spec().network().named().stream()
                .filter(named -> named.name().equals(port.target()))
                .filter(named -> named.protocol() == port.protocol())
                .mapToInt(NamedPort::port)
                .findFirst();
    }

    private static InetAddress requireAddress(State state, PodRow pod) {
        return state.addressesOf(pod.id()).stream()
                .flatMap(row -> Subnet.address(row.address()).stream())
                .findFirst()
                .orElseThrow();
    }

    private Optional<InetAddress> address(State state, PodRow pod) {
        return state.addressesOf(pod.id()).stream()
                .filter(row -> row.bootId().equals(bootId))
                .map(AddressRow::address)
                .flatMap(text -> Subnet.address(text).stream())
                .findFirst();
    }
}
