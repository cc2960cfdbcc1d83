package dev.kelpie.quadlet.translate;

import dev.kelpie.quadlet.translate.QuadletException.MissingUnitException;
import dev.kelpie.quadlet.unit.Section;
import java.util.ArrayList;
import java.util.List;

/// Gives `[Unit]` its words: the units that it names become their services, and the network comes
/// first.
final class Dependencies {
    static final List<String> KEYS =
            List.of(
                    "After",
                    "Before",
                    "BindsTo",
                    "Conflicts",
                    "OnFailure",
                    "OnSuccess",
                    "PartOf",
                    "PropagatesReloadTo",
                    "PropagatesStopTo",
                    "ReloadPropagatedFrom",
                    "Requires",
                    "Requisite",
                    "StopPropagatedFrom",
                    "Upholds",
                    "Wants");

    private final Conversion conversion;

    Dependencies(Conversion conversion) {
        this.conversion = conversion;
    }

    void convert() {
        var file = conversion.unit().file();
        var section = file.section("Unit", _ -> {});
        for (var key : KEYS) {
            if (section.has(key)) {
                translate(section, key);
            }
        }
        if (file.section("Quadlet", _ -> {}).truth("DefaultDependencies").orElse(true)) {
            var network = conversion.settings().networkOnline();
            file.prepend("Unit", "After", network);
            file.prepend("Unit", "Wants", network);
        }
        conversion.addUnit("SourcePath", conversion.unit().path().toString());
        conversion.addUnit("RequiresMountsFor", "%t/containers");
    }

    private void translate(Section section, String key) {
        var words = new ArrayList<String>();
        boolean translated = false;
        for (var word : section.words(key)) {
            if (UnitType.of(word).isEmpty()) {
                words.add(word);
                continue;
            }
            var target =
                    conversion
                            .units()
                            .find(word)
                            .orElseThrow(() ->
                                    new MissingUnitException(
                                            key, "unable to translate dependency for " + word));
            words.add(target.serviceFile());
            translated = true;
        }
        if (translated) {
            conversion.unit().file().remove("Unit", key);
            conversion.addUnit(key, String.join(" ", words));
        }
    }
}
