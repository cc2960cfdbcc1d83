package dev.kelpie.engine.state;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The edits of one transaction; reading sees them at once.
public final class Change {

    /// One row to write, or with an empty body to delete.
    record Write(Table table, String key, Optional<Object> row) {}

    private State state;
    private final List<Write> writes = new ArrayList<>();

    Change(State state) {
        this.state = state;
    }

    /// The state with the edits so far.
    public State now() {
        return state;
    }

    List<Write> writes() {
        return writes;
    }

    public void put(PodRow row) {
        write(Table.POD, row.id(), row);
        state = withPods(with(state.pods(), row.id(), row));
    }

    public void put(ContainerRow row) {
        write(Table.CONTAINER, row.id(), row);
        state = withContainers(with(state.containers(), row.id(), row));
    }

    public void put(VolumeRow row) {
        write(Table.VOLUME, row.name(), row);
        state = withVolumes(with(state.volumes(), row.name(), row));
    }

    public void put(NetworkRow row) {
        write(Table.NETWORK, row.name(), row);
        state = withNetworks(with(state.networks(), row.name(), row));
    }

    public void put(AddressRow row) {
        var key = row.pod() + "/" + row.network();
        write(Table.ADDRESS, key, row);
        state = withAddresses(with(state.addresses(), key, row));
    }

    public void put(ExitRow row) {
        write(Table.EXIT, row.container(), row);
        state = withExits(with(state.exits(), row.container(), row));
    }

    public void put(SecretRow row) {
        write(Table.SECRET, row.id(), row);
        state = withSecrets(with(state.secrets(), row.id(), row));
    }

    public void put(ServiceRow row) {
        write(Table.SERVICE, row.key(), row);
        state = withServices(with(state.services(), row.key(), row));
    }

    public void put(CronRow row) {
        write(Table.CRON, row.key(), row);
        state = withCrons(with(state.crons(), row.key(), row));
    }

    /// Changes a pod's row, if it is still there.
    public void editPod(String id, UnaryOperator<PodRow> edit) {
        state.pod(id).map(edit).ifPresent(this::put);
    }

    /// Changes a container's row, if it is still there.
    public void editContainer(String id, UnaryOperator<ContainerRow> edit) {
        state.container(id).map(edit).ifPresent(this::put);
    }

    /// Changes what happened to a container, if it is still there.
    public void editLife(String id, UnaryOperator<Life> edit) {
        editContainer(id, row -> row.withLife(edit.apply(row.life())));
    }

    /// Deletes a pod with its containers and addresses.
    public void removePod(String id) {
        state.members(id).forEach(row -> removeContainer(row.id()));
        releaseAddresses(id);
        delete(Table.POD, id);
        state = withPods(without(state.pods(), id));
    }

    public void removeContainer(String id) {
        delete(Table.CONTAINER, id);
        state = withContainers(without(state.containers(), id));
    }

    public void removeVolume(String name) {
        delete(Table.VOLUME, name);
        state = withVolumes(without(state.volumes(), name));
    }

    public void removeNetwork(String name) {
        delete(Table.NETWORK, name);
        state = withNetworks(without(state.networks(), name));
    }

    public void removeExit(String container) {
        delete(Table.EXIT, container);
        state = withExits(without(state.exits(), container));
    }

    public void removeSecret(String id) {
        delete(Table.SECRET, id);
        state = withSecrets(without(state.secrets(), id));
    }

    public void removeService(String key) {
        delete(Table.SERVICE, key);
        state = withServices(without(state.services(), key));
    }

    public void removeCron(String key) {
        delete(Table.CRON, key);
        state = withCrons(without(state.crons(), key));
    }

    /// Gives back one address of a pod.
    public void removeAddress(String pod, String network) {
        var key = pod + "/" + network;
        delete(Table.ADDRESS, key);
        state = withAddresses(without(state.addresses(), key));
    }

    /// Gives back all addresses and ports of a pod.
    public void releaseAddresses(String pod) {
        for (var row : state.addressesOf(pod)) {
            removeAddress(pod, row.network());
        }
    }

    private void write(Table table, String key, Object row) {
        writes.add(new Write(table, key, Optional.of(row)));
    }

    private void delete(Table table, String key) {
        writes.add(new Write(table, key, Optional.empty()));
    }

    private State withPods(Map<String, PodRow> pods) {
        return new State(
                pods,
                state.containers(),
                state.volumes(),
                state.networks(),
                state.addresses(),
                state.exits(),
                state.secrets(),
                state.brought());
    }

    private State withContainers(Map<String, ContainerRow> containers) {
        return new State(
                state.pods(),
                containers,
                state.volumes(),
                state.networks(),
                state.addresses(),
                state.exits(),
                state.secrets(),
                state.brought());
    }

    private State withVolumes(Map<String, VolumeRow> volumes) {
        return new State(
                state.pods(),
                state.containers(),
                volumes,
                state.networks(),
                state.addresses(),
                state.exits(),
                state.secrets(),
                state.brought());
    }

    private State withNetworks(Map<String, NetworkRow> networks) {
        return new State(
                state.pods(),
                state.containers(),
                state.volumes(),
                networks,
                state.addresses(),
                state.exits(),
                state.secrets(),
                state.brought());
    }

    private State withAddresses(Map<String, AddressRow> addresses) {
        return new State(
                state.pods(),
                state.containers(),
                state.volumes(),
                state.networks(),
                addresses,
                state.exits(),
                state.secrets(),
                state.brought());
    }

    private State withExits(Map<String, ExitRow> exits) {
        return new State(
                state.pods(),
                state.containers(),
                state.volumes(),
                state.networks(),
                state.addresses(),
                exits,
                state.secrets(),
                state.brought());
    }

    private State withSecrets(Map<String, SecretRow> secrets) {
        return new State(
                state.pods(),
                state.containers(),
                state.volumes(),
                state.networks(),
                state.addresses(),
                state.exits(),
                secrets,
                state.brought());
    }

    private State withBrought(Brought brought) {
        return new State(
                state.pods(),
                state.containers(),
                state.volumes(),
                state.networks(),
                state.addresses(),
                state.exits(),
                state.secrets(),
                brought);
    }

    private State withServices(Map<String, ServiceRow> services) {
        return withBrought(new Brought(services, state.crons()));
    }

    private State withCrons(Map<String, CronRow> crons) {
        return withBrought(new Brought(state.services(), crons));
    }

    private static <V> Map<String, V> with(Map<String, V> map, String key, V value) {
        var copy = new LinkedHashMap<>(map);
        copy.put(key, value);
        return copy;
    }

    private static <V> Map<String, V> without(Map<String, V> map, String key) {
        var copy = new LinkedHashMap<>(map);
        copy.remove(key);
        return copy;
    }
}
