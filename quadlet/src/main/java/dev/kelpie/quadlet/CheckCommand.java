package dev.kelpie.quadlet;

import dev.kelpie.quadlet.check.Check;
import dev.kelpie.quadlet.check.Finding;
import dev.kelpie.quadlet.check.Finding.Severity;
import dev.kelpie.quadlet.file.LocalHost;
import dev.kelpie.quadlet.file.UnitFolders;
import dev.kelpie.quadlet.file.UnitLoader;
import dev.kelpie.quadlet.installed.Bundle;
import dev.kelpie.quadlet.installed.InstallException;
import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.UnitName;
import dev.kelpie.quadlet.translate.Units;
import dev.kelpie.quadlet.unit.Place;
import dev.kelpie.quadlet.unit.UnitFile;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// `kelpie quadlet check`: tells what is wrong with unit files, for people and for CI.
final class CheckCommand {
    static final String USAGE =
            """
            Check unit files without systemd and without an engine

            Usage:
              kelpie quadlet check [options] FILE|FOLDER|BUNDLE.quadlets...

            Description:
              Reads unit files (.container, .pod, .kube, .volume, .network, .image, .build, .artifact) with their
              drop-ins and the units beside them, and says what is wrong: file and line, key and value, what it
              means and how to mend it. Works for Podman's unit files as well: they are the same.
              Exit status: 0 nothing found, 1 something found, 125 a file cannot be read.

            Examples:
              kelpie quadlet check web.container
              kelpie quadlet check --user ~/.config/containers/systemd

            Options:
                  --severity string   Tell of errors only (error), or of warnings too (warning) (default "warning")
                  --user              The units are for a user's systemd
            """;

    private static final int CANNOT_READ = 125;

    private final PrintStream stdout;
    private final PrintStream stderr;
    private final List<Unit> bundled = new ArrayList<>();
    private final List<String> operands = new ArrayList<>();
    private final Set<Finding> unreadable = new LinkedHashSet<>();
    private boolean user;
    private boolean errorsOnly;

    CheckCommand(PrintStream stdout, PrintStream stderr) {
        this.stdout = stdout;
        this.stderr = stderr;
    }

    /// Runs one command line and returns the exit status.
    int run(List<String> words) {
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            switch (word) {
                case "-h", "--help" -> {
                    stdout.print(USAGE);
                    return 0;
                }
                case "--user" -> user = true;
                case "--severity" -> {
                    if (++i == words.size() || !severity(words.get(i))) {
                        return usage("--severity must be error or warning");
                    }
                }
                default -> {
                    if (word.startsWith("--severity=")) {
                        if (!severity(word.substring("--severity=".length()))) {
                            return usage("--severity must be error or warning, was '" + word + "'");
                        }
                    } else if (word.startsWith("-") && word.length() > 1) {
                        return usage("unknown flag: " + word);
                    } else {
                        operands.add(word);
                    }
                }
            }
        }
        return operands.isEmpty() ? usage("quadlet check needs a file or folder") : check();
    }

    private boolean severity(String word) {
        errorsOnly = word.equals("error");
        return errorsOnly || word.equals("warning");
    }

    private int usage(String message) {
        stderr.println("Error: " + message);
        stderr.println("See 'kelpie quadlet check --help'");
        return CANNOT_READ;
    }

    private int check() {
        var wanted = new LinkedHashSet<String>();
        var folders = new LinkedHashSet<Path>();
        for (var operand : operands) {
            try {
                add(operand, wanted, folders);
            } catch (IOException | IllegalArgumentException | InstallException e) {
                stderr.println("Error: cannot read '" + operand + "': " + reason(e, operand));
                return CANNOT_READ;
            }
        }
        var units = new ArrayList<>(bundled);
        units.addAll(
                new UnitLoader(List.copyOf(folders), _ -> {}, this::unreadable)
                        .load().stream().filter(unit -> !isBundled(unit)).toList());
        var shown = new LinkedHashSet<Finding>();
        unreadable.removeIf(finding -> !isWanted(finding.place().file(), wanted));
        shown.addAll(unreadable);
        for (var finding : new Check(new Units(units), user, new LocalHost()).findings()) {
            if (isWanted(finding.place().file(), wanted)) {
                shown.add(finding);
            }
        }
        if (errorsOnly) {
            shown.removeIf(finding -> finding.severity() != Severity.ERROR);
        }
        shown.forEach(finding -> stdout.println(relative(finding.toString())));
        return shown.isEmpty() ? 0 : 1;
    }

    private boolean isBundled(Unit unit) {
        return bundled.stream().anyMatch(each -> each.name().equals(unit.name()));
    }

    /// The units of a `.quadlets` file, as if each lay beside it.
    private void addBundle(Path path, Set<String> wanted) throws IOException {
        for (var part : Bundle.parse(path.toString(), Files.readString(path))) {
            var file = UnitFile.parse(path.toString(), "\n".repeat(part.line() - 1) + part.text());
            var name = UnitName.parse(part.name()).orElseThrow();
            bundled.add(new Unit(name, path.resolveSibling(part.name()), file));
            wanted.add(path.resolveSibling(part.name()).toString());
        }
        wanted.add(path.toString());
    }

    /// A folder is looked at whole; of a file its folder is read too, for the units that it names.
    private void add(String operand, Set<String> wanted, Set<Path> folders) throws IOException {
        var path = Path.of(operand).toRealPath();
        if (Files.isDirectory(path)) {
            var all =
                    UnitFolders.ofSystem(
                            Path.of("/"), Map.of("QUADLET_UNIT_DIRS", path.toString()), _ -> {});
            folders.addAll(all);
            all.forEach(folder -> wanted.add(folder + "/"));
            return;
        }
        var name = String.valueOf(path.getFileName());
        folders.add(path.getParent());
        if (name.endsWith(Bundle.EXTENSION)) {
            addBundle(path, wanted);
            return;
        }
        if (UnitName.parse(name).isEmpty()) {
            throw new IllegalArgumentException("its name ends like that of no unit file");
        }
        wanted.add(path.toString());
    }

    private static boolean isWanted(String file, Set<String> wanted) {
        for (var each : wanted) {
            boolean folder = each.endsWith("/");
            if (file.equals(each) || file.startsWith(folder ? each : each + ".d/")) {
                return true;
            }
        }
        return false;
    }

    /// The loader tells of files that it leaves out; of malformed units the rules tell better.
    private void unreadable(Path path, String reason) {
        boolean unit = UnitName.parse(String.valueOf(path.getFileName())).isPresent();
        boolean malformed = reason.contains("line") || reason.contains("key file");
        if (!unit || !malformed) {
            unreadable.add(Finding.error(new Place(path.toString(), 0), reason, ""));
        }
    }

    private static String relative(String line) {
        var here = Path.of("").toAbsolutePath() + "/";
        return line.startsWith(here) ? line.substring(here.length()) : line;
    }

    private static String reason(Exception e, String operand) {
        var message = String.valueOf(e.getMessage());
        return message.equals(operand) ? "there is no such file" : message;
    }
}
