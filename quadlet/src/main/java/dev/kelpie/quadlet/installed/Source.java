package dev.kelpie.quadlet.installed;

import dev.kelpie.quadlet.translate.UnitType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What somebody wants to install: one unit file, a folder of them, or a `.quadlets` file; with
/// files that these need. Files may be behind web addresses.
///
/// @param app the file that will list its parts
/// @param files content by name
public record Source(String app, Map<String, byte[]> files) {

    /// Reads what the operands name.
    ///
    /// @param operands the first decides what it is, the others are companions; paths or addresses
    public static Source read(List<String> operands) {
        var first = operands.getFirst();
        var name = name(first);
        var files = new LinkedHashMap<String, byte[]>();
        var app = "." + name + ".app";
        if (!Download.isMeant(first) && Files.isDirectory(Path.of(first))) {
            folder(Path.of(first), files);
        } else if (name.endsWith(Bundle.EXTENSION)) {
            var text = new String(bytes(first), StandardCharsets.UTF_8);
            for (var part : Bundle.parse(name, text)) {
                files.put(part.name(), part.text().getBytes(StandardCharsets.UTF_8));
            }
            app = "." + name.substring(0, name.length() - Bundle.EXTENSION.length()) + ".app";
        } else {
            requireUnit(name);
            files.put(name, bytes(first));
        }
        for (var companion : operands.subList(1, operands.size())) {
            files.put(name(companion), bytes(companion));
        }
        return new Source(app, files);
    }

    private static String name(String operand) {
        return Download.isMeant(operand)
                ? Download.name(operand)
                : String.valueOf(Path.of(operand).toAbsolutePath().normalize().getFileName());
    }

    private static byte[] bytes(String operand) {
        return Download.isMeant(operand) ? Download.fetch(operand) : bytes(Path.of(operand));
    }

    private static void requireUnit(String name) {
        if (UnitType.of(name).isEmpty()) {
            int dot = name.lastIndexOf('.');
            throw new InstallException(
                    "\""
                            + (dot < 0 ? "" : name.substring(dot))
                            + "\" is not a supported Quadlet file type");
        }
    }

    private static void folder(Path folder, Map<String, byte[]> files) {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (var path : paths.sorted().toList()) {
                var name = folder.relativize(path).toString();
                if (Files.isRegularFile(path) && !name.startsWith(".")) {
                    files.put(name, bytes(path));
                }
            }
        } catch (IOException e) {
            throw new InstallException("cannot read '" + folder + "': " + e.getMessage());
        }
        if (files.keySet().stream().noneMatch(name -> UnitType.of(name).isPresent())) {
            throw new InstallException("there is no unit file in '" + folder + "'");
        }
    }

    private static byte[] bytes(Path path) {
        try {
            if (!Files.isRegularFile(path)) {
                throw new InstallException(
                        "cannot read '"
                                + path
                                + "': "
                                + (Files.exists(path) ? "not a file" : "there is no such file"));
            }
            return Files.readAllBytes(path);
        } catch (IOException e) {
            throw new InstallException("cannot read '" + path + "': " + e.getMessage());
        }
    }
}
