package dev.kelpie.engine;

import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.State;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Containers that are started only after another one, which stays while they do.
final class Dependents {
    private Dependents() {}

    /// Ids of those that a container needs: that it was told to require, and whose network it
    /// joins.
    ///
    /// @throws InvalidRequestException when that one is not there
    static List<String> neededBy(State state, ContainerRow row) {
        var needed = new ArrayList<>(required(row));
        network(state, row)
                .ifPresent(name ->
                        needed.add(
                                state.containerNamed(name)
                                        .orElseThrow(() -> new ContainerNotFoundException(name))
                                        .id()));
        return needed;
    }

    private static List<String> required(ContainerRow row) {
        return row.spec().policy().lifecycle().manner().requires();
    }

    private static Optional<String> network(State state, ContainerRow row) {
        return state.pod(row.pod())
                .map(pod -> pod.spec().network().mode())
                .filter(PodNetwork.OfContainer.class::isInstance)
                .map(mode -> ((PodNetwork.OfContainer) mode).nameOrId());
    }

    /// Their ids.
    static List<String> of(State state, ContainerRow row) {
        return state.containers().values().stream()
                .filter(other ->
                        required(other).contains(row.id())
                                || network(state, other).filter(row.name()::equals).isPresent())
                .map(ContainerRow::id)
                .toList();
    }

    static void requireNone(State state, ContainerRow row) {
        var dependents = of(state, row);
        if (!dependents.isEmpty()) {
            throw new InvalidRequestException(
                    "container "
                            + row.id()
                            + " has dependent containers which must be removed before it: "
                            + String.join(", ", dependents));
        }
    }
}
