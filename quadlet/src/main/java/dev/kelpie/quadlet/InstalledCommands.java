package dev.kelpie.quadlet;

import dev.kelpie.quadlet.file.UnitFolders;
import dev.kelpie.quadlet.file.UnitLoader;
import dev.kelpie.quadlet.installed.InstallException;
import dev.kelpie.quadlet.installed.InstallFolder;
import dev.kelpie.quadlet.installed.Row;
import dev.kelpie.quadlet.installed.Source;
import dev.kelpie.quadlet.installed.Table;
import dev.kelpie.quadlet.systemd.Systemctl;
import dev.kelpie.quadlet.systemd.Systemd;
import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.UnitType;
import dev.kelpie.quadlet.translate.Units;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// `kelpie quadlet install`, `list`, `print` and `rm`.
final class InstalledCommands {
    private final InstallFolder folder;
    private final List<Path> folders;
    private final Systemd systemd;
    private final PrintStream stdout;
    private final PrintStream stderr;

    /// @param folders where unit files are looked for
    InstalledCommands(
            InstallFolder folder,
            List<Path> folders,
            Systemd systemd,
            PrintStream stdout,
            PrintStream stderr) {
        this.folder = folder;
        this.folders = folders;
        this.systemd = systemd;
        this.stdout = stdout;
        this.stderr = stderr;
    }

    static InstalledCommands here(boolean user, long userId, Map<String, String> environment) {
        var root = Path.of("/");
        var folders =
                user
                        ? UnitFolders.ofUser(root, environment, userId, _ -> {})
                        : UnitFolders.ofSystem(root, environment, _ -> {});
        return new InstalledCommands(
                InstallFolder.of(user, environment),
                folders,
                new Systemctl(user),
                System.out,
                System.err);
    }

    void install(Flags flags) {
        if (flags.operands().isEmpty()) {
            throw new InstallException(
                    "quadlet install needs a unit file, a folder or a .quadlets file");
        }
        var source = Source.read(flags.operands());
        folder.install(source.app(), source.files(), flags.has("--replace"))
                .forEach(stdout::println);
        reload(flags);
    }

    void print(Flags flags) {
        if (flags.operands().size() != 1) {
            throw new InstallException("quadlet print needs the name of one unit file");
        }
        var name = flags.operands().getFirst();
        if (UnitType.of(name).isEmpty()) {
            int dot = name.lastIndexOf('.');
            throw new InstallException(
                    "\""
                            + (dot < 0 ? "" : name.substring(dot))
                            + "\" is not a supported quadlet file type");
        }
        for (var each : name.indexOf('/') < 0 ? folders : List.<Path>of()) {
            var file = each.resolve(name);
            if (Files.isRegularFile(file)) {
                try {
                    stdout.write(Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new InstallException("cannot read '" + file + "': " + e.getMessage());
                }
                return;
            }
        }
        throw new InstallException(
                "could not locate quadlet \""
                        + name
                        + "\" in any supported quadlet directory: "
                        + folders);
    }

    void list(Flags flags) {
        var rows = rows();
        for (var filter : flags.values("--filter")) {
            filter(rows, filter, flags.values("--filter"));
        }
        var format = flags.value("--format");
        if (format.equals("json")) {
            stdout.print(Table.json(rows));
        } else if (!format.isEmpty()) {
            stdout.print(Table.template(rows, format));
        } else {
            stdout.print(Table.text(rows, !flags.has("--noheading")));
        }
    }

    private List<Row> rows() {
        var problems = new ArrayList<String>();
        var units =
                new Units(
                        new UnitLoader(
                                        folders,
                                        _ -> {},
                                        (path, reason) -> problems.add(path + " " + reason))
                                .load());
        var services = units.all().stream().map(Unit::serviceFile).toList();
        var states = systemd.states(services);
        var rows = new ArrayList<Row>();
        for (var unit : units.all()) {
            var file = unit.name().file();
            var faults = unit.file().faults();
            rows.add(
                    new Row(
                            file,
                            unit.serviceFile(),
                            unit.path().toString(),
                            faults.isEmpty()
                                    ? states.getOrDefault(unit.serviceFile(), "Not loaded")
                                    : faults.getFirst().message(),
                            unit.folder().equals(folder.path())
                                    ? folder.appOf(file).orElse("")
                                    : "",
                            unit.own().text("Pod").orElse("")));
        }
        rows.sort((a, b) -> a.name().compareTo(b.name()));
        return rows;
    }

    /// One of the values of a key must match, of each key.
    private static void filter(List<Row> rows, String filter, List<String> all) {
        int equals = filter.indexOf('=');
        if (equals <= 0) {
            throw new InstallException("invalid filter \"" + filter + "\"");
        }
        var key = filter.substring(0, equals);
        var field =
                switch (key) {
                    case "name" -> "Name";
                    case "status" -> "Status";
                    case "pod" -> "Pod";
                    default -> throw new InstallException(key + " is not a valid filter");
                };
        try {
            var patterns =
                    all.stream()
                            .filter(each -> each.startsWith(key + "="))
                            .map(each -> Pattern.compile(each.substring(equals + 1)))
                            .toList();
            rows.removeIf(
                    row -> patterns.stream().noneMatch(p -> p.matcher(row.field(field)).find()));
        } catch (PatternSyntaxException e) {
            throw new InstallException("invalid filter \"" + filter + "\": " + e.getDescription());
        }
    }

    void remove(Flags flags) {
        var names = new LinkedHashSet<>(flags.operands());
        if (names.isEmpty() && !flags.has("--all")) {
            throw new InstallException("at least one quadlet file must be selected");
        }
        if (flags.has("--all")) {
            names.addAll(folder.apps());
            for (var unit : installed()) {
                names.add(unit.name().file());
            }
        }
        var files = new LinkedHashSet<String>();
        for (var name : names) {
            if (!folder.has(name)) {
                if (flags.has("--ignore") || flags.has("--all")) {
                    continue;
                }
                throw new InstallException(
                        "could not locate quadlet \"" + name + "\" in " + folder.path());
            }
            var app = name.endsWith(".app") ? name : folder.appOf(name).orElse("");
            files.addAll(app.isEmpty() ? List.of(name) : folder.members(app));
            if (!app.isEmpty()) {
                files.add(app);
            }
        }
        stop(files, flags.has("--force"));
        for (var file : files) {
            folder.remove(file);
            if (!file.endsWith(".app")) {
                stdout.println(file);
            }
        }
        reload(flags);
    }

    private List<Unit> installed() {
        return new UnitLoader(List.of(folder.path()), _ -> {}, (_, _) -> {}).load();
    }

    /// Nothing is removed while one of them runs, unless by force.
    private void stop(Set<String> files, boolean force) {
        var units =
                installed().stream().filter(unit -> files.contains(unit.name().file())).toList();
        var states = systemd.states(units.stream().map(Unit::serviceFile).toList());
        var running =
                units.stream()
                        .filter(unit ->
                                states.getOrDefault(unit.serviceFile(), "").startsWith("active/"))
                        .toList();
        for (var unit : running) {
            if (!force) {
                throw new InstallException(
                        "quadlet "
                                + unit.name().file()
                                + " is running and force is not set, refusing to remove");
            }
        }
        running.forEach(unit -> systemd.stop(unit.serviceFile()));
    }

    private void reload(Flags flags) {
        if (!flags.value("--reload-systemd").equals("false") && systemd.isThere()) {
            systemd.reload();
        } else if (!systemd.isThere()) {
            stderr.println("systemd does not run here: there is nothing to reload");
        }
    }
}
