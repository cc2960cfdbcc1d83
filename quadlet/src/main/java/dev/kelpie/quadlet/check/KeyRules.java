package dev.kelpie.quadlet.check;

import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.UnitType;
import dev.kelpie.quadlet.unit.Line.Entry;
import dev.kelpie.quadlet.unit.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Groups and keys that are not known, or stand where they mean nothing.
final class KeyRules {
    private static final List<String> SYSTEMDS = List.of("Unit", "Service", "Install", "Quadlet");

    private final Unit unit;
    private final List<Finding> findings = new ArrayList<>();

    KeyRules(Unit unit) {
        this.unit = unit;
    }

    List<Finding> findings() {
        for (var group : unit.file().groups()) {
            group(group);
        }
        if (!unit.file().has(own())) {
            findings.add(
                    Finding.warning(
                            new Place(unit.path().toString(), 0),
                            "there is no group ["
                                    + own()
                                    + "], which a "
                                    + unit.type().extension()
                                    + " has",
                            "add it"));
        }
        for (var entry : unit.file().entries(own())) {
            if (!unit.type().knows(entry.key())) {
                findings.add(unknown(entry));
            }
        }
        for (var entry : unit.file().entries("Quadlet")) {
            if (!entry.key().equals("DefaultDependencies")) {
                findings.add(
                        Finding.error(
                                "Quadlet",
                                entry,
                                "unknown key: [Quadlet] has DefaultDependencies only",
                                "take it out"));
            }
        }
        systemds("Unit");
        systemds("Service");
        systemds("Install");
        repeated();
        return findings;
    }

    private String own() {
        return unit.type().group();
    }

    private void group(String group) {
        if (SYSTEMDS.contains(group) || group.equals(own()) || group.startsWith("X-")) {
            return;
        }
        var place = unit.file().placeOf(group);
        if (UnitType.ofGroup(group).isPresent()) {
            findings.add(
                    Finding.error(
                            place,
                            "group ["
                                    + group
                                    + "] means nothing in a "
                                    + unit.type().extension()
                                    + " file: all its keys are ignored",
                            "put them into ["
                                    + own()
                                    + "], or into a file NAME."
                                    + group.toLowerCase(Locale.ROOT)));
            return;
        }
        var known = new ArrayList<>(SYSTEMDS);
        known.add(own());
        findings.add(
                Finding.error(
                        place,
                        "unknown group [" + group + "]: all its keys are ignored",
                        Suggestion.nearest(group, known)
                                .map(name -> "did you mean [" + name + "]?")
                                .orElse("the groups are [" + String.join("], [", known) + "]")));
    }

    private Finding unknown(Entry entry) {
        return Finding.error(
                own(), entry, "unknown key: the unit is not generated", mend(entry.key()));
    }

    private String mend(String key) {
        var other = Vocabulary.OTHER_NAMES.get(key.toLowerCase(Locale.ROOT));
        if (other != null && unit.type().knows(other)) {
            return "did you mean '" + other + "'?";
        }
        var near = Suggestion.nearest(key, unit.type().keys());
        if (near.isPresent() && near.get().equalsIgnoreCase(key)) {
            return "did you mean '" + near.get() + "'? (case matters)";
        }
        var home = home(key);
        if (home.isPresent()) {
            return "it belongs into [" + home.get() + "]";
        }
        if (near.isPresent()) {
            return "did you mean '" + near.get() + "'?";
        }
        for (var type : UnitType.values()) {
            if (type.knows(key)) {
                return "it is a key of " + type.extension() + " files";
            }
        }
        return "see docs/quadlet.md for the keys of [" + own() + "]";
    }

    private static Optional<String> home(String key) {
        if (Vocabulary.INSTALL.contains(key)) {
            return Optional.of("Install");
        }
        if (isUnitKey(key)) {
            return Optional.of("Unit");
        }
        return Vocabulary.SERVICE.contains(key) ? Optional.of("Service") : Optional.empty();
    }

    private static boolean isUnitKey(String key) {
        return Vocabulary.UNIT.contains(key)
                || key.startsWith("Condition")
                || key.startsWith("Assert");
    }

    /// systemd ignores what it does not know, with a line in the journal that nobody reads.
    private void systemds(String group) {
        for (var entry : unit.file().entries(group)) {
            var key = entry.key();
            var right = home(key);
            boolean old = group.equals("Service") && Vocabulary.FORMERLY_SERVICE.contains(key);
            if (old || (right.isPresent() && right.get().equals(group))) {
                continue;
            }
            if (unit.type().knows(key) && !Vocabulary.OF_BOTH.contains(key)) {
                findings.add(
                        Finding.error(
                                group,
                                entry,
                                "systemd ignores this key here",
                                "it belongs into [" + own() + "]"));
            } else if (right.isPresent()) {
                findings.add(
                        Finding.error(
                                group,
                                entry,
                                "systemd ignores this key here",
                                "it belongs into [" + right.get() + "]"));
            } else {
                misspelt(group, entry);
            }
        }
    }

    private void misspelt(String group, Entry entry) {
        var known =
                switch (group) {
                    case "Unit" -> Vocabulary.UNIT;
                    case "Install" -> Vocabulary.INSTALL;
                    default -> Vocabulary.SERVICE;
                };
        var near = Suggestion.nearest(entry.key(), known);
        boolean typo = near.isPresent() && near.get().equalsIgnoreCase(entry.key());
        if (typo || (!group.equals("Service") && !entry.key().startsWith("X-"))) {
            findings.add(
                    Finding.warning(
                            group,
                            entry,
                            "systemd does not know this key and ignores it",
                            near.map(name -> "did you mean '" + name + "'?").orElse("")));
        }
    }

    /// Of keys with one value the last counts; twice in one file is a slip (in a drop-in it is
    /// meant).
    private void repeated() {
        Map<String, Entry> seen = new HashMap<>();
        for (var entry : unit.file().entries(own())) {
            if (!unit.type().knows(entry.key()) || isList(entry.key())) {
                continue;
            }
            var first = seen.put(entry.key(), entry);
            if (first != null
                    && !first.value().isEmpty()
                    && first.place().file().equals(entry.place().file())) {
                findings.add(
                        Finding.warning(
                                own(),
                                entry,
                                "replaces the value of line " + first.place().line(),
                                "keep one of them"));
            }
        }
    }

    private boolean isList(String key) {
        return Vocabulary.LISTS.contains(key)
                || switch (unit.type()) {
                    case BUILD -> key.equals("ImageTag");
                    case KUBE -> key.equals("AutoUpdate");
                    case NETWORK -> key.equals("Options");
                    case POD -> key.equals("HostName");
                    case CONTAINER, VOLUME, IMAGE, ARTIFACT -> false;
                };
    }
}
