package dev.kelpie.engine;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.State;
import java.util.List;

/// Containers that are started only after another one, which stays while they do.
final class Dependents {
    private Dependents() {}

    /// Their ids.
    static List<String> of(State state, ContainerRow row) {
        return state.containers().values().stream()
                .filter(other ->
                        other.spec().policy().lifecycle().manner().requires().contains(row.id()))
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
