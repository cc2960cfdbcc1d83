package dev.kelpie.quadlet.installed;

import dev.kelpie.quadlet.translate.UnitType;
import dev.kelpie.quadlet.unit.UnitFile;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/// A `.quadlets` file: several unit files in one, with lines of `---` between them.
public final class Bundle {
    /// What its file's name ends with.
    public static final String EXTENSION = ".quadlets";

    private static final String NAME = "# FileName=";

    private Bundle() {}

    /// One of its unit files.
    ///
    /// @param line of the bundle where its text begins, counted from 1
    public record Part(String name, String text, int line) {}

    /// Cuts a bundle into its parts.
    ///
    /// @throws InstallException when a part has no name or no type, or there is none
    public static List<Part> parse(String file, String text) {
        var parts = new ArrayList<Part>();
        var names = new HashSet<String>();
        var part = new StringBuilder();
        int number = 0;
        int begun = 1;
        for (var line : (text + "\n---").lines().toList()) {
            number++;
            if (!line.strip().equals("---")) {
                part.append(line).append('\n');
                continue;
            }
            if (!part.toString().isBlank()) {
                var name = name(file, part.toString());
                if (!names.add(name)) {
                    throw new InstallException("two sections of '" + file + "' are '" + name + "'");
                }
                parts.add(new Part(name, part.toString(), begun));
            }
            part.setLength(0);
            begun = number + 1;
        }
        if (parts.isEmpty()) {
            throw new InstallException("no valid quadlet sections found in file " + file);
        }
        return parts;
    }

    private static String name(String file, String part) {
        var name =
                part.lines()
                        .map(String::strip)
                        .filter(line -> line.startsWith(NAME))
                        .map(line -> line.substring(NAME.length()).strip())
                        .findFirst()
                        .orElse("");
        if (name.isEmpty()) {
            throw new InstallException(
                    "missing required '# FileName=<name>' comment in a section of " + file);
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0 || name.indexOf('.') >= 0) {
            throw new InstallException(
                    "'# FileName="
                            + name
                            + "' in "
                            + file
                            + ": a name has no extension, '/' or '\\'");
        }
        for (var group : UnitFile.parse(file, part).groups()) {
            var type = UnitType.ofGroup(group);
            if (type.isPresent()) {
                return name + type.get().extension();
            }
        }
        throw new InstallException(
                "no recognized quadlet section found in '" + name + "' of " + file);
    }
}
