package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.PortInUseException;
import dev.kelpie.engine.sandbox.PodPorts;
import dev.kelpie.engine.sandbox.ServicePorts;
import dev.kelpie.engine.spec.ServiceSpec;
import dev.kelpie.engine.spec.ShortId;
import dev.kelpie.engine.state.Change;
import dev.kelpie.engine.state.ServiceRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.network.HostLinks;
import dev.kelpie.runtime.network.HostPorts;
import dev.kelpie.runtime.network.PublishedPort;
import dev.kelpie.runtime.network.Subnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The Services of a play: one that is there keeps its address and host ports, and what it was
/// before is known until the play is committed.
final class PlayedServices {

    /// Of the block for benchmarks (RFC 2544), where no host of the world is.
    private static final String BLOCK = "198.19.";

    private static final int FIRST_NODE_PORT = 30_000;
    private static final int LAST_NODE_PORT = 32_767;
    private static final int TRIES = 200;

    private final Core core;

    PlayedServices(Core core) {
        this.core = core;
    }

    /// Writes down what shall be, as belonging to an unfinished play.
    void enter(Change change, List<ServiceSpec> specs, String play) {
        for (var spec : specs) {
            var present = Optional.ofNullable(change.now().services().get(spec.key()));
            if (present.isPresent()
                    && present.get().play().isEmpty()
                    && present.get().spec().equals(spec)) {
                continue;
            }
            if (present.isPresent() && !present.get().play().isEmpty()) {
                throw new InvalidRequestException(
                        "service '" + spec.name() + "' is being changed by another play");
            }
            change.put(row(change.now(), spec, present, play));
        }
    }

    private ServiceRow row(
            State state, ServiceSpec spec, Optional<ServiceRow> present, String play) {
        var ports = nodePorts(state, spec, present);
        var row =
                new ServiceRow(
                        present.map(ServiceRow::id)
                                .orElseGet(() -> "svc-" + ShortId.of(Ids.fresh())),
                        spec,
                        address(state, spec, present),
                        ports,
                        present.map(ServiceRow::created).orElseGet(core.clock::instant),
                        play,
                        present);
        requireFree(state, row, present);
        return row;
    }

    private Optional<String> address(State state, ServiceSpec spec, Optional<ServiceRow> present) {
        if (spec.headless()) {
            return Optional.empty();
        }
        var taken =
                state.services().values().stream()
                        .filter(other -> !other.key().equals(spec.key()))
                        .flatMap(other -> other.address().stream())
                        .collect(Collectors.toSet());
        if (spec.address().isPresent()) {
            if (taken.contains(spec.address().get())) {
                throw new InvalidRequestException(
                        "service '"
                                + spec.name()
                                + "': address "
                                + spec.address().get()
                                + " is already allocated");
            }
            requireNobodys(state, spec.name(), spec.address().get());
            return spec.address();
        }
        var kept =
                present.filter(row -> row.spec().address().isEmpty()).flatMap(ServiceRow::address);
        return kept.isPresent() ? kept : Optional.of(free(taken));
    }

    /// What the host or a network of ours reaches otherwise would be led astray.
    private static void requireNobodys(State state, String service, String text) {
        var address =
                Subnet.address(text)
                        .orElseThrow(() ->
                                new InvalidRequestException(
                                        "service '" + service + "': no address: '" + text + "'"));
        var taken =
                Stream.concat(
                                HostLinks.read().routes().stream(),
                                state.networks().values().stream()
                                        .map(row -> Subnet.parse(row.subnet())))
                        .filter(subnet -> subnet.contains(address))
                        .findFirst();
        if (taken.isPresent()) {
            throw new InvalidRequestException(
                    "service '"
                            + service
                            + "': address "
                            + text
                            + " lies in "
                            + taken.get()
                            + ", which this host reaches otherwise");
        }
    }

    /// Two engine roots begin at different places, for the host's own sake.
    private String free(Set<String> taken) {
        int all = 1 << 16;
        int first = Math.floorMod(core.files.root().toString().hashCode(), all);
        for (int i = 0; i < all; i++) {
            int number = (first + i) % all;
            var address = BLOCK + (number >> 8) + "." + (number & 0xff);
            if ((number & 0xff) != 0 && (number & 0xff) != 0xff && !taken.contains(address)) {
                return address;
            }
        }
        throw new InvalidRequestException("no address is left for services");
    }

    private List<Integer> nodePorts(State state, ServiceSpec spec, Optional<ServiceRow> present) {
        var ports = new ArrayList<Integer>();
        for (int i = 0; i < spec.ports().size(); i++) {
            var port = spec.ports().get(i);
            int written = port.nodePort();
            if (written == 0 && spec.kind() == ServiceSpec.Kind.NODE_PORT) {
                written = kept(port, present).orElseGet(() -> free(state, port, ports));
            }
            ports.add(written);
        }
        return ports;
    }

    /// The one that this port had before.
    private static Optional<Integer> kept(ServiceSpec.Port port, Optional<ServiceRow> present) {
        if (present.isEmpty()) {
            return Optional.empty();
        }
        var before = present.get().spec().ports();
        for (int i = 0; i < before.size(); i++) {
            if (before.get(i).port() == port.port()
                    && before.get(i).protocol() == port.protocol()
                    && present.get().nodePorts().get(i) != 0) {
                return Optional.of(present.get().nodePorts().get(i));
            }
        }
        return Optional.empty();
    }

    private static int free(State state, ServiceSpec.Port port, List<Integer> others) {
        var held = held(state, "");
        for (int i = 0; i < TRIES; i++) {
            int number = ThreadLocalRandom.current().nextInt(FIRST_NODE_PORT, LAST_NODE_PORT + 1);
            var wanted = PublishedPort.of(number, port.port(), ServicePorts.protocol(port));
            if (!others.contains(number)
                    && held.keySet().stream().noneMatch(wanted::overlaps)
                    && isFree(wanted)) {
                return number;
            }
        }
        throw new InvalidRequestException("no port is left for services");
    }

    private static boolean isFree(PublishedPort port) {
        try {
            HostPorts.requireFree(List.of(port));
            return true;
        } catch (dev.kelpie.runtime.network.PortInUseException _) {
            return false;
        }
    }

    private void requireFree(State state, ServiceRow row, Optional<ServiceRow> present) {
        var before = present.map(ServicePorts::published).orElse(List.of());
        var fresh =
                ServicePorts.published(row).stream()
                        .filter(port -> before.stream().noneMatch(port::overlaps))
                        .toList();
        for (var other : held(state, row.key()).entrySet()) {
            for (var port : ServicePorts.published(row)) {
                if (port.overlaps(other.getKey())) {
                    throw new PortInUseException(
                            "0.0.0.0:" + port.hostPort(), port.protocol().word(), other.getValue());
                }
            }
        }
        HostPorts.requireFree(fresh);
    }

    private static Map<PublishedPort, String> held(State state, String except) {
        var held = new HashMap<>(PodPorts.publishedBy(state, ""));
        for (var service : state.services().values()) {
            if (!service.key().equals(except)) {
                ServicePorts.published(service)
                        .forEach(port -> held.put(port, service.spec().name()));
            }
        }
        return held;
    }

    static void commit(Change change, String play) {
        for (var row : List.copyOf(change.now().services().values())) {
            if (row.play().equals(play)) {
                change.put(row.committed());
            }
        }
    }

    /// Takes back what only an abandoned play wanted.
    void removeOf(String play) throws InterruptedException {
        var known = core.store.now().services().values();
        if (known.stream().noneMatch(row -> row.play().equals(play))) {
            return;
        }
        core.store.change(change -> {
            for (var row : List.copyOf(change.now().services().values())) {
                if (row.play().equals(play)) {
                    change.removeService(row.key());
                    row.before().ifPresent(change::put);
                }
            }
        });
        core.services.lookNow();
    }
}
