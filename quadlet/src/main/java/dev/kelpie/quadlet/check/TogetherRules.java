package dev.kelpie.quadlet.check;

import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.Units;
import dev.kelpie.quadlet.unit.Line.Entry;
import dev.kelpie.quadlet.unit.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Units that are right each and cannot be together.
final class TogetherRules {
    private final Units units;
    private final List<Finding> findings = new ArrayList<>();

    TogetherRules(Units units) {
        this.units = units;
    }

    /// Of the units before they are translated.
    List<Finding> findings() {
        services();
        names();
        ports();
        return findings;
    }

    private void services() {
        Map<String, Unit> seen = new HashMap<>();
        for (var unit : units.all()) {
            if (!unit.hasUsableName()) {
                findings.add(
                        Finding.error(
                                new Place(unit.path().toString(), 0),
                                "systemd knows no unit names as '"
                                        + unit.serviceFile()
                                        + "' and ignores it",
                                "use ASCII letters, digits, ':', '-', '_', '.' and '@' only"));
            }
            var first = seen.putIfAbsent(unit.service(), unit);
            if (first != null) {
                findings.add(
                        Finding.error(
                                new Place(unit.path().toString(), 0),
                                first.name().file()
                                        + " makes "
                                        + unit.serviceFile()
                                        + " too: only one of them is generated",
                                "rename one, or give it a ServiceName="));
            }
        }
    }

    /// Two containers of one name replace each other for ever.
    private void names() {
        Map<String, Unit> seen = new HashMap<>();
        for (var unit : units.all()) {
            var key = nameKey(unit);
            var value = key.isEmpty() ? "" : unit.own().text(key).orElse("");
            if (value.isEmpty()) {
                continue;
            }
            var first = seen.putIfAbsent(namespace(key) + value, unit);
            if (first != null) {
                unit.file()
                        .last(unit.type().group(), key)
                        .ifPresent(entry ->
                                findings.add(
                                        Finding.error(
                                                unit.type().group(),
                                                entry,
                                                first.name().file() + " has this name already",
                                                "choose another")));
            }
        }
    }

    /// Pods and containers share their names.
    private static String namespace(String key) {
        return key.equals("PodName") ? "ContainerName " : key + " ";
    }

    private static String nameKey(Unit unit) {
        return switch (unit.type()) {
            case CONTAINER -> "ContainerName";
            case POD -> "PodName";
            case VOLUME -> "VolumeName";
            case NETWORK -> "NetworkName";
            case KUBE, BUILD, IMAGE, ARTIFACT -> "";
        };
    }

    private void ports() {
        Map<String, Unit> seen = new LinkedHashMap<>();
        for (var unit : units.all()) {
            for (var entry : unit.file().entries(unit.type().group(), "PublishPort")) {
                var port = hostPort(entry);
                if (port.isEmpty() || unit.name().isTemplate()) {
                    continue;
                }
                var first = seen.putIfAbsent(port, unit);
                if (first != null) {
                    findings.add(
                            Finding.error(
                                    unit.type().group(),
                                    entry,
                                    "this port of the host is published by "
                                            + first.name().file()
                                            + " already: the second to start fails",
                                    "choose another"));
                }
            }
        }
    }

    /// `ADDRESS:PORT/PROTOCOL`; empty when the host's port is not fixed.
    private static String hostPort(Entry entry) {
        var value = ValueRules.unquoted(entry.value());
        int slash = value.lastIndexOf('/');
        var ports = slash < 0 ? value : value.substring(0, slash);
        int container = ports.lastIndexOf(':');
        if (!Formats.isPublished(value) || container <= 0 || ports.charAt(container - 1) == ':') {
            return "";
        }
        var host = ports.substring(0, container);
        return (host.indexOf(':') < 0 ? "0.0.0.0:" + host : host)
                + (slash < 0 ? "/tcp" : value.substring(slash));
    }

    /// Of the units once they are translated: each must be startable before those that need it.
    static List<Finding> cycles(List<Unit> translated) {
        Map<String, Unit> byService = new HashMap<>();
        translated.forEach(unit -> byService.put(unit.serviceFile(), unit));
        var findings = new ArrayList<Finding>();
        Set<Unit> done = new HashSet<>();
        for (var unit : translated) {
            cycle(unit, new ArrayList<>(), done, byService, findings);
        }
        return findings;
    }

    private static void cycle(
            Unit unit,
            List<Unit> above,
            Set<Unit> done,
            Map<String, Unit> byService,
            List<Finding> findings) {
        int again = above.indexOf(unit);
        if (again >= 0) {
            var names =
                    above.subList(again, above.size()).stream()
                            .map(each -> each.name().file())
                            .toList();
            findings.add(
                    Finding.error(
                            new Place(unit.path().toString(), 0),
                            "these wait for each other: "
                                    + String.join(" → ", names)
                                    + " → "
                                    + unit.name().file()
                                    + "; systemd starts none of them in order",
                            "take one of the references out"));
            return;
        }
        if (!done.add(unit)) {
            return;
        }
        above.add(unit);
        for (var service : unit.file().section("Unit", _ -> {}).words("After")) {
            var next = byService.get(service);
            if (next != null) {
                cycle(next, above, done, byService, findings);
            }
        }
        above.removeLast();
    }
}
