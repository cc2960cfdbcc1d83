package dev.kelpie.app.command.unit;

import dev.kelpie.app.call.CommandException;
import dev.kelpie.quadlet.translate.Outcome.Result;
import dev.kelpie.quadlet.translate.Settings;
import dev.kelpie.quadlet.translate.Translation;
import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.UnitName;
import dev.kelpie.quadlet.translate.Units;
import dev.kelpie.quadlet.unit.UnitFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Units of systemd that make their containers anew: unit files, translated at once as the
/// generator would.
final class SystemdText {
    private static final List<String> GROUPS = List.of("Unit", "Service", "Install");

    private final Settings settings;
    private final Wishes wishes;
    private final List<String> globals;

    /// What the flags ask for in each unit.
    ///
    /// @param unit lines of `[Unit]`
    /// @param service lines of `[Service]` in place of those that would be there
    /// @param header comment lines before everything, without the unit's name
    record Wishes(List<Line> unit, List<Line> service, List<String> header) {
        Wishes {
            unit = List.copyOf(unit);
            service = List.copyOf(service);
            header = List.copyOf(header);
        }
    }

    /// `KEY=VALUE`.
    record Line(String key, String value) {}

    /// Units of one engine.
    ///
    /// @param globals flags that each command needs before its name
    SystemdText(Settings settings, Wishes wishes, List<String> globals) {
        this.settings = settings;
        this.wishes = wishes;
        this.globals = List.copyOf(globals);
    }

    /// The text of each unit by its name.
    ///
    /// @param files unit files by name, those of one pod together
    /// @param services the unit's name without `.service` for each
    Map<String, String> of(Map<String, String> files, Map<String, String> services) {
        var units = new ArrayList<Unit>();
        files.forEach((name, text) -> {
            var file = UnitFile.parse(name, text);
            var type = UnitName.parse(name).orElseThrow();
            file.add(type.type().group(), "ServiceName", services.getOrDefault(name, ""));
            globals.forEach(
                    word -> file.add(type.type().group(), "GlobalArgs", UnitText.quoted(word)));
            units.add(new Unit(type, Path.of("/", name), file));
        });
        var texts = new LinkedHashMap<String, String>();
        for (var outcome : new Translation(new Units(units), settings).run()) {
            if (outcome.result() instanceof Result.Refused(String reason, var _)) {
                throw new CommandException(
                        "cannot make a unit of '" + outcome.unit().name().file() + "': " + reason);
            }
            texts.put(outcome.unit().serviceFile(), text(outcome.unit()));
        }
        return texts;
    }

    /// A unit that starts and stops a container which stays.
    String starting(String service, String container, long stopTimeout) {
        var file = new UnitText().group("Unit").add("Description", "Kelpie " + service).toString();
        var unit = UnitFile.parse(service, file);
        unit.add("Unit", "Wants", "network-online.target");
        unit.add("Unit", "After", "network-online.target");
        var words = new ArrayList<>(List.of(settings.tool()));
        words.addAll(globals);
        var tool = String.join(" ", words.stream().map(UnitText::quoted).toList());
        unit.add("Service", "Environment", "PODMAN_SYSTEMD_UNIT=%n");
        unit.add("Service", "Type", "notify");
        unit.add("Service", "NotifyAccess", "all");
        unit.add("Service", "Restart", "on-failure");
        unit.add("Service", "TimeoutStopSec", Long.toString(stopTimeout + 60));
        unit.add("Service", "ExecStart", tool + " start " + container);
        for (var key : List.of("ExecStop", "ExecStopPost")) {
            unit.add("Service", key, tool + " stop -t " + stopTimeout + " " + container);
        }
        unit.add("Install", "WantedBy", "default.target");
        return finished(service, unit);
    }

    private String text(Unit unit) {
        var file = unit.file();
        file.remove("Unit", "SourcePath");
        file.prepend("Unit", "Description", "Kelpie " + unit.serviceFile());
        if (file.last("Service", "Restart").isEmpty()) {
            file.add("Service", "Restart", "on-failure");
        }
        return finished(unit.serviceFile(), file);
    }

    private String finished(String service, UnitFile file) {
        wishes.unit().forEach(line -> file.add("Unit", line.key(), line.value()));
        for (var line : wishes.service()) {
            if (line.key().equals("Environment")) {
                file.add("Service", line.key(), line.value());
            } else {
                file.set("Service", line.key(), line.value());
            }
        }
        var text = new StringBuilder();
        if (!wishes.header().isEmpty()) {
            text.append("# ").append(service).append('\n');
            wishes.header().forEach(line -> text.append("# ").append(line).append('\n'));
        }
        for (var group : GROUPS) {
            text.append(text.isEmpty() ? "[" : "\n[").append(group).append("]\n");
            for (var entry : file.entries(group)) {
                text.append(entry.key()).append('=').append(entry.value()).append('\n');
            }
        }
        return text.toString();
    }
}
