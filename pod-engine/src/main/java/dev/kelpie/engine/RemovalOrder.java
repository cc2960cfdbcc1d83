package dev.kelpie.engine;

import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.State;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Which containers are to be removed before others, because they need them.
final class RemovalOrder {
    private final State state;
    private final Lookup lookup;
    private final Map<String, Integer> ranks = new HashMap<>();

    RemovalOrder(State state, Lookup lookup) {
        this.state = state;
        this.lookup = lookup;
    }

    /// The names as asked, in groups; who is not there is in the first.
    ///
    /// @param dependents whether those that need one of these are to go too, by their ids
    List<List<String>> of(List<String> names, boolean dependents) {
        var groups = new TreeMap<Integer, List<String>>();
        var rows = new LinkedHashMap<String, ContainerRow>();
        for (var name : names) {
            var row = find(name);
            row.ifPresent(it -> rows.put(it.id(), it));
            group(groups, row.map(this::rank).orElse(0)).add(name);
        }
        if (dependents) {
            for (var row : needing(rows)) {
                group(groups, rank(row)).add(row.id());
            }
        }
        return List.copyOf(groups.values());
    }

    private static List<String> group(Map<Integer, List<String>> groups, int rank) {
        return groups.computeIfAbsent(rank, _ -> new ArrayList<>());
    }

    /// A name that stands for several is told when its turn comes.
    private Optional<ContainerRow> find(String name) {
        try {
            return lookup.findContainer(name);
        } catch (PodException _) {
            return Optional.empty();
        }
    }

    /// How many stand one on another above this one; one that is met again has begun a circle.
    private int rank(ContainerRow row) {
        var known = ranks.putIfAbsent(row.id(), 0);
        if (known != null) {
            return known;
        }
        int rank = 0;
        for (var other : above(row)) {
            rank = Math.max(rank, rank(other) + 1);
        }
        ranks.put(row.id(), rank);
        return rank;
    }

    private List<ContainerRow> above(ContainerRow row) {
        return Dependents.of(state, row).stream()
                .flatMap(id -> state.container(id).stream())
                .toList();
    }

    /// Those above these that are not among them.
    private List<ContainerRow> needing(Map<String, ContainerRow> these) {
        var all = new LinkedHashMap<>(these);
        var left = new ArrayList<>(these.values());
        while (!left.isEmpty()) {
            for (var other : above(left.removeLast())) {
                if (all.putIfAbsent(other.id(), other) == null) {
                    left.add(other);
                }
            }
        }
        all.keySet().removeAll(these.keySet());
        return List.copyOf(all.values());
    }
}
