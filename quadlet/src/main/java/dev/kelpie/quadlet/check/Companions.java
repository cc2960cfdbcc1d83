package dev.kelpie.quadlet.check;

import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.unit.Line.Entry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Files that a unit names by a path relative to itself, and that must then lie there.
final class Companions {
    private final Unit unit;
    private final List<Finding> findings = new ArrayList<>();

    Companions(Unit unit) {
        this.unit = unit;
    }

    List<Finding> findings() {
        for (var key : keys()) {
            for (var entry : unit.file().entries(unit.type().group(), key)) {
                for (var path : ValueRules.unquoted(entry.value()).split("\\s+", 0)) {
                    look(entry, path);
                }
            }
        }
        return findings;
    }

    private List<String> keys() {
        return switch (unit.type()) {
            case CONTAINER -> List.of("EnvironmentFile");
            case KUBE -> List.of("Yaml", "ConfigMap");
            case BUILD -> List.of("File");
            case POD, VOLUME, NETWORK, IMAGE, ARTIFACT -> List.of();
        };
    }

    private void look(Entry entry, String path) {
        boolean elsewhere =
                path.isEmpty()
                        || path.startsWith("/")
                        || path.startsWith("%")
                        || path.startsWith("-")
                        || path.contains("://");
        if (elsewhere || fileIsElsewhere(entry)) {
            return;
        }
        var file = unit.folder().resolve(path).normalize();
        if (!Files.exists(file)) {
            findings.add(
                    Finding.error(
                            unit.type().group(),
                            entry,
                            "there is no file '" + file + "'",
                            "put it there" + nearby(file)));
        }
    }

    /// A Containerfile is looked for in the working directory, which need not be the unit's folder.
    private boolean fileIsElsewhere(Entry entry) {
        if (!entry.key().equals("File")) {
            return false;
        }
        var working = unit.own().text("SetWorkingDirectory").orElse("");
        return !working.equalsIgnoreCase("unit") && !working.equalsIgnoreCase("file");
    }

    private static String nearby(Path file) {
        var folder = file.getParent();
        var names = folder == null ? null : folder.toFile().list();
        var name = file.getFileName();
        if (names == null || name == null) {
            return "";
        }
        return Suggestion.nearest(name.toString(), List.of(names))
                .map(near -> ", or did you mean '" + near + "'?")
                .orElse("");
    }
}
