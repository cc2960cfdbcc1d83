package dev.kelpie.engine;

import dev.kelpie.engine.fault.AmbiguousIdException;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.PodNotFoundException;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Finds pods and containers by name, id, or the beginning of an id.
final class Lookup {

    private final StateStore store;

    Lookup(StateStore store) {
        this.store = store;
    }

    PodRow pod(String nameOrId) {
        return findPod(nameOrId).orElseThrow(() -> new PodNotFoundException(nameOrId));
    }

    Optional<PodRow> findPod(String nameOrId) {
        var pods = store.now().pods().values().stream().filter(pod -> !pod.solo()).toList();
        return find(pods, nameOrId, PodRow::id, PodRow::name);
    }

    ContainerRow container(String nameOrId) {
        return findContainer(nameOrId).orElseThrow(() -> new ContainerNotFoundException(nameOrId));
    }

    Optional<ContainerRow> findContainer(String nameOrId) {
        var rows = List.copyOf(store.now().containers().values());
        return find(rows, nameOrId.replaceFirst("^/", ""), ContainerRow::id, ContainerRow::name);
    }

    /// A name wins over an id, a whole id over a beginning; of two of a name the newer one.
    private static <T> Optional<T> find(
            List<T> all, String text, Function<T, String> id, Function<T, String> name) {
        var named = all.stream().filter(row -> name.apply(row).equals(text)).reduce((_, b) -> b);
        if (named.isPresent() || text.isEmpty()) {
            return named;
        }
        var begins = all.stream().filter(row -> id.apply(row).startsWith(text)).toList();
        if (begins.size() > 1) {
            throw new AmbiguousIdException(text);
        }
        return begins.stream().findFirst();
    }
}
