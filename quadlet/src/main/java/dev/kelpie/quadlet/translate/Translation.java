package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.Outcome.Result;
import dev.kelpie.quadlet.translate.QuadletException.BadKeyException;
import dev.kelpie.quadlet.unit.Line.Entry;
import java.nio.file.InvalidPathException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/// Translates all units of a run. What is wrong with one stays with it and with those that name it.
public final class Translation {
    private static final List<String> RISKY = List.of("User", "Group", "DynamicUser");

    private final Units units;
    private final Settings settings;
    private final Map<String, Unit> byService = new HashMap<>();

    public Translation(Units units, Settings settings) {
        this.units = units;
        this.settings = settings;
    }

    public List<Outcome> run() {
        var outcomes = new ArrayList<Outcome>();
        run(outcomes::add);
        return outcomes;
    }

    /// Like [#run()], one after the other.
    ///
    /// @param outcomes hears of each unit, which is not changed any more then
    public void run(Consumer<Outcome> outcomes) {
        for (var unit : units.all()) {
            outcomes.accept(translate(unit));
        }
    }

    private Outcome translate(Unit unit) {
        var warnings = new LinkedHashSet<String>();
        var conversion = new Conversion(unit, units, settings, warnings::add);
        var first = byService.putIfAbsent(unit.service(), unit);
        if (first != null) {
            return new Outcome(unit, new Result.Shadowed(first), List.of(), List.of());
        }
        try {
            if (!unit.file().faults().isEmpty()) {
                unit.fail();
                return refused(conversion, unit.file().faults().getFirst().message(), "", warnings);
            }
            convert(conversion);
        } catch (QuadletException e) {
            unit.fail();
            return refused(conversion, String.valueOf(e.getMessage()), e.key(), warnings);
        } catch (InvalidPathException e) { // not to be written in this locale
            unit.fail();
            return refused(conversion, "no path: '" + e.getInput() + "'", "", warnings);
        }
        if (!unit.hasUsableName()) {
            conversion.warn(
                    "Warning: systemd knows no unit names as '"
                            + unit.serviceFile()
                            + "': use ASCII letters, digits, ':', '-', '_', '.' and '@' only");
        }
        var links = Install.linksOf(conversion);
        return new Outcome(unit, new Result.Translated(), links, List.copyOf(warnings));
    }

    private static Outcome refused(
            Conversion conversion, String reason, String key, Set<String> warnings) {
        var links = Install.linksOf(conversion);
        return new Outcome(
                conversion.unit(), new Result.Refused(reason, key), links, List.copyOf(warnings));
    }

    private static void convert(Conversion conversion) {
        var unit = conversion.unit();
        var file = unit.file();
        var group = unit.type().group();
        for (var entry : file.entries(group)) {
            if (!unit.type().knows(entry.key())) {
                throw unknown(entry, group, unit);
            }
        }
        for (var entry : file.entries("Quadlet")) {
            if (!entry.key().equals("DefaultDependencies")) {
                throw unknown(entry, "Quadlet", unit);
            }
        }
        if (conversion.own().raw("ServiceName").orElse("").indexOf('/') >= 0) {
            throw new BadKeyException("ServiceName", "invalid ServiceName: it contains a '/'");
        }
        new Dependencies(conversion).convert();
        for (var key : RISKY) {
            if (conversion.service().has(key)) {
                conversion.warn(
                        "Warning: using key "
                                + key
                                + " in the Service group is not supported - use at your own risk");
            }
        }
        convertByType(conversion);
        file.rename(group, "X-" + group);
        file.rename("Quadlet", "X-Quadlet");
    }

    private static void convertByType(Conversion conversion) {
        switch (conversion.unit().type()) {
            case CONTAINER -> new ContainerUnit(conversion).convert();
            case POD -> new PodUnit(conversion).convert();
            case KUBE -> new KubeUnit(conversion).convert();
            case VOLUME -> new VolumeUnit(conversion).convert();
            case NETWORK -> new NetworkUnit(conversion).convert();
            case BUILD -> new BuildUnit(conversion).convert();
            case IMAGE -> new PullUnit(conversion).image();
            case ARTIFACT -> new PullUnit(conversion).artifact();
        }
    }

    private static QuadletException unknown(Entry entry, String group, Unit unit) {
        return new BadKeyException(
                entry.key(),
                "unsupported key '" + entry.key() + "' in group '" + group + "' in " + unit.path());
    }
}
