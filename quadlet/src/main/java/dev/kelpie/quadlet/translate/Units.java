package dev.kelpie.quadlet.translate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// All units of one run, by file name.
public final class Units {
    private final Map<String, Unit> byName = new LinkedHashMap<>();

    public Units(List<Unit> units) {
        var sorted = new ArrayList<>(units);
        sorted.sort(Comparator.comparing(Unit::type).thenComparing(unit -> unit.name().file()));
        for (var unit : sorted) {
            byName.put(unit.name().file(), unit);
        }
    }

    /// In the order in which they are translated.
    public List<Unit> all() {
        return List.copyOf(byName.values());
    }

    /// The unit of this file name, or the instance that its template would give.
    public Optional<Unit> find(String fileName) {
        var unit = byName.get(fileName);
        if (unit != null) {
            return Optional.of(unit);
        }
        var name = UnitName.parse(fileName);
        if (name.isEmpty() || !name.get().isInstance()) {
            return Optional.empty();
        }
        var template = byName.get(name.get().template().file());
        return Optional.ofNullable(template).map(found -> found.instance(name.get()));
    }
}
