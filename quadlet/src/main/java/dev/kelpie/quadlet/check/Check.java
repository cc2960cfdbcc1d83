package dev.kelpie.quadlet.check;

import dev.kelpie.quadlet.translate.Host;
import dev.kelpie.quadlet.translate.Outcome;
import dev.kelpie.quadlet.translate.Outcome.Result;
import dev.kelpie.quadlet.translate.Settings;
import dev.kelpie.quadlet.translate.Translation;
import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.UnitType;
import dev.kelpie.quadlet.translate.Units;
import dev.kelpie.quadlet.unit.Line.Entry;
import dev.kelpie.quadlet.unit.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Runs all rules over unit files that belong together.
public final class Check {
    private final Units units;
    private final boolean user;
    private final Host host;

    /// @param units are translated, and so changed
    /// @param user whether they are for a user's systemd
    public Check(Units units, boolean user, Host host) {
        this.units = units;
        this.user = user;
        this.host = host;
    }

    /// What is wrong, by file and line.
    public List<Finding> findings() {
        Set<Finding> findings = new LinkedHashSet<>();
        for (var unit : units.all()) {
            findings.addAll(syntax(unit));
            findings.addAll(new KeyRules(unit).findings());
            findings.addAll(new ValueRules(unit).findings());
            findings.addAll(new Contradictions(unit, user).findings());
            findings.addAll(new Companions(unit).findings());
        }
        findings.addAll(new TogetherRules(units).findings());
        findings.addAll(translation());
        var sorted = new ArrayList<>(findings);
        sorted.sort(
                Comparator.comparing((Finding finding) -> finding.place().file())
                        .thenComparingInt(finding -> finding.place().line()));
        return sorted;
    }

    private static List<Finding> syntax(Unit unit) {
        var findings = new ArrayList<Finding>();
        for (var fault : unit.file().faults()) {
            findings.add(
                    Finding.error(
                            fault.place(),
                            fault.message(),
                            "a line is [GROUP], KEY=VALUE or begins with #"));
        }
        for (var remark : unit.file().remarks()) {
            findings.add(
                    Finding.warning(remark.place(), remark.message(), "end the line without \\"));
        }
        return findings;
    }

    /// What the generator says; unknown keys are taken out so that they hide nothing.
    private List<Finding> translation() {
        for (var unit : units.all()) {
            for (var group : List.of(unit.type().group(), "Quadlet")) {
                for (var entry : unit.file().entries(group)) {
                    boolean known =
                            group.equals("Quadlet")
                                    ? entry.key().equals("DefaultDependencies")
                                    : unit.type().knows(entry.key());
                    if (!known) {
                        unit.file().remove(group, entry.key());
                    }
                }
            }
        }
        var findings = new ArrayList<Finding>();
        var translated = new ArrayList<Unit>();
        var settings = new Settings("kelpie", user, host);
        for (var outcome : new Translation(units, settings).run()) {
            if (outcome.result() instanceof Result.Refused(String reason, String key)) {
                refused(outcome, reason, key).ifPresent(findings::add);
            } else if (outcome.result() instanceof Result.Translated) {
                translated.add(outcome.unit());
            }
        }
        findings.addAll(TogetherRules.cycles(translated));
        return findings;
    }

    private Optional<Finding> refused(Outcome outcome, String reason, String key) {
        var unit = outcome.unit();
        if (!unit.file().faults().isEmpty()) {
            return Optional.empty(); // told already
        }
        var mend = mend(reason, key);
        for (var group : List.of(unit.type().group(), "Service", "Unit")) {
            var entry = unit.file().last(group, key);
            var named = named(unit, group, key, reason);
            if (named.isPresent()) {
                return Optional.of(Finding.error(group, named.get(), reason, mend));
            }
            if (entry.isPresent()) {
                return Optional.of(Finding.error(group, entry.get(), reason, mend));
            }
        }
        return Optional.of(Finding.error(new Place(unit.path().toString(), 0), reason, mend));
    }

    /// The line whose value the reason speaks of, where a key has many.
    private static Optional<Entry> named(Unit unit, String group, String key, String reason) {
        return unit.file().entries(group, key).stream()
                .filter(entry -> mentions(reason, entry.value()))
                .findFirst();
    }

    private static boolean mentions(String reason, String value) {
        for (var word : value.split("[\\s:,=\"']+", 0)) {
            if (word.indexOf('.') > 0 && (" " + reason + " ").contains(" " + word + " ")) {
                return true;
            }
        }
        return false;
    }

    private String mend(String reason, String key) {
        for (var word : reason.split(" ", -1)) {
            if (UnitType.of(word).isPresent()) {
                var names = units.all().stream().map(unit -> unit.name().file()).toList();
                var near = Suggestion.nearest(word, names);
                return near.isPresent() && !near.get().equals(word)
                        ? "add that file beside this one, or did you mean '" + near.get() + "'?"
                        : near.isPresent() ? "" : "add that file beside this one";
            }
        }
        return Mends.of(reason, key);
    }
}
