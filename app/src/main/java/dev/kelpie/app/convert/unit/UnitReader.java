package dev.kelpie.app.convert.unit;

import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.convert.Import;
import dev.kelpie.app.convert.Line;
import dev.kelpie.quadlet.translate.Host;
import dev.kelpie.quadlet.translate.Outcome;
import dev.kelpie.quadlet.translate.Settings;
import dev.kelpie.quadlet.translate.Translation;
import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.UnitName;
import dev.kelpie.quadlet.translate.UnitType;
import dev.kelpie.quadlet.translate.Units;
import dev.kelpie.quadlet.unit.UnitFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads unit files: each `.container` is the command that its service would start, without what
/// ties it to systemd.
public final class UnitReader {
    private static final String TOOL = "kelpie";

    /// Flags of the generator's, and of a pod's making, that say nothing of what is made.
    private static final Set<String> OF_SYSTEMD =
            Set.of(
                    "--name",
                    "--pod",
                    "--replace",
                    "--rm",
                    "--cgroups",
                    "--sdnotify",
                    "--pod-id-file",
                    "--cidfile",
                    "--infra-conmon-pidfile",
                    "--infra-name",
                    "--exit-policy",
                    "--detach",
                    "-d");

    private final Map<String, Path> paths;
    private final Map<String, String> texts;
    private final Host host;
    private final Set<String> losses = new LinkedHashSet<>();
    private final Set<String> unknown = new HashSet<>();

    private UnitReader(Map<String, String> texts, Map<String, Path> paths, Host host) {
        this.texts = texts;
        this.paths = paths;
        this.host = host;
    }

    /// The containers of unit files.
    ///
    /// @param texts by file name
    /// @param paths of these files
    public static Import read(Map<String, String> texts, Map<String, Path> paths, Host host) {
        return new UnitReader(texts, paths, host).all();
    }

    private Import all() {
        var outcomes = translated();
        var lines = new ArrayList<Line>();
        for (var outcome : outcomes) {
            var unit = outcome.unit();
            if (outcome.result() instanceof Outcome.Result.Refused(String reason, String _)) {
                losses.add(owner(unit) + "all of it: " + reason);
            } else {
                line(unit).ifPresent(lines::add);
            }
        }
        if (lines.isEmpty()) {
            throw new CommandException(
                    "no container in " + String.join(", ", texts.keySet()) + problems());
        }
        return new Import(lines, List.of(), List.copyOf(losses));
    }

    private String problems() {
        return losses.isEmpty() ? "" : ": " + String.join("; ", losses);
    }

    private static String owner(Unit unit) {
        return "unit '" + unit.name().file() + "': ";
    }

    /// Until no unit is refused for a key: that key is then left out.
    private List<Outcome> translated() {
        while (true) {
            var outcomes = new Translation(units(), new Settings(TOOL, false, host)).run();
            int before = unknown.size();
            for (var outcome : outcomes) {
                if (outcome.result() instanceof Outcome.Result.Refused(String reason, String key)
                        && !key.isEmpty()
                        && unknown.add(outcome.unit().name().file() + "\n" + key)) {
                    losses.add(owner(outcome.unit()) + key + ": " + reason);
                }
            }
            if (unknown.size() == before) {
                return outcomes;
            }
        }
    }

    private Units units() {
        var units = new ArrayList<Unit>();
        texts.forEach((file, text) -> {
            var name = UnitName.parse(file);
            if (name.isEmpty()) {
                losses.add("file '" + file + "': is no unit of quadlet");
                return;
            }
            var parsed = UnitFile.parse(file, text);
            for (var group : parsed.groups()) {
                for (var entry : parsed.entries(group)) {
                    if (unknown.contains(file + "\n" + entry.key())) {
                        parsed.remove(group, entry.key());
                    }
                }
            }
            units.add(new Unit(name.get(), paths.getOrDefault(file, Path.of("/" + file)), parsed));
        });
        return new Units(units);
    }

    private Optional<Line> line(Unit unit) {
        return switch (unit.type()) {
            case CONTAINER -> Optional.of(container(unit));
            case POD -> Optional.of(pod(unit));
            case VOLUME -> Optional.empty();
            case KUBE -> lost(unit, "is Kubernetes YAML already: convert that");
            case NETWORK -> lost(unit, "'" + TOOL + " network create' makes it");
            case BUILD -> lost(unit, "'" + TOOL + " build' makes its image");
            case IMAGE, ARTIFACT -> lost(unit, "'" + TOOL + " pull' fetches it");
        };
    }

    private Optional<Line> lost(Unit unit, String why) {
        losses.add(owner(unit) + why);
        return Optional.empty();
    }

    private Line container(Unit unit) {
        var words = new ArrayList<String>();
        var name = called(unit);
        words.add("--name=" + name);
        restart(unit).ifPresent(policy -> words.add("--restart=" + policy));
        words.addAll(filled(unit, "ExecStart", 2));
        return new Line(name, podOf(unit), false, words, List.of());
    }

    /// A pod by the command that makes it.
    private Line pod(Unit unit) {
        var words = new ArrayList<>(filled(unit, "ExecStartPre", 3));
        words.addAll(List.of("--", "none"));
        var name = called(unit);
        return new Line(name + "-infra", Optional.of(name), true, words, List.of());
    }

    private static String key(UnitType type) {
        return type == UnitType.POD ? "PodName" : "ContainerName";
    }

    private static String called(Unit unit) {
        return unit.file()
                .last("X-" + unit.type().group(), key(unit.type()))
                .map(entry -> entry.value().replace("%N", unit.service()).replace("%%", "%"))
                .filter(name -> !name.isEmpty())
                .orElse(unit.name().base());
    }

    private Optional<String> podOf(Unit unit) {
        return unit.file()
                .last("X-Container", "Pod")
                .map(entry -> entry.value())
                .map(file -> {
                    var pod = UnitName.parse(file).map(UnitName::base).orElse(file);
                    var text =
                            Optional.ofNullable(texts.get(file)).map(t -> UnitFile.parse(file, t));
                    return text.flatMap(it -> it.last("Pod", "PodName"))
                            .map(entry -> entry.value())
                            .orElse(pod);
                });
    }

    private Optional<String> restart(Unit unit) {
        var said = unit.file().last("Service", "Restart").map(entry -> entry.value()).orElse("no");
        return switch (said) {
            case "no" -> Optional.empty();
            case "always", "on-success" -> Optional.of("always");
            default -> Optional.of("on-failure");
        };
    }

    /// The flags of one command of the service that are not systemd's, specifiers filled in.
    private List<String> filled(Unit unit, String key, int skipped) {
        var section = unit.file().section("Service", _ -> {});
        var words = section.command(key);
        var filled = new ArrayList<String>();
        var own = words.subList(Math.min(skipped, words.size()), words.size());
        for (var word : withoutSystemd(own)) {
            filled.add(filled(word, unit));
        }
        return filled;
    }

    private String filled(String word, Unit unit) {
        var values =
                new HashMap<>(
                        Map.of('N', unit.service(), 'n', unit.serviceFile(), 'p', unit.service()));
        values.put('h', System.getProperty("user.home"));
        var out = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char letter = word.charAt(i);
            char next = i + 1 < word.length() ? word.charAt(i + 1) : ' ';
            if ((letter == '%' || letter == '$') && next == letter) {
                out.append(letter);
                i++;
            } else if (letter == '%' && values.containsKey(next)) {
                out.append(values.get(next));
                i++;
            } else {
                if (letter == '%' && Character.isLetter(next)) {
                    losses.add(owner(unit) + "systemd's '%" + next + "' in '" + word + "'");
                }
                out.append(letter);
            }
        }
        return out.toString();
    }

    /// Flags up to the image, without those of systemd; what is behind stays.
    private static List<String> withoutSystemd(List<String> words) {
        var left = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            if (!word.startsWith("-")) {
                left.addAll(words.subList(i, words.size()));
                break;
            }
            int equals = word.indexOf('=');
            var flag = equals < 0 ? word : word.substring(0, equals);
            boolean alone = equals >= 0 || isSwitch(flag);
            if (!OF_SYSTEMD.contains(flag)) {
                left.add(word);
                if (!alone && i + 1 < words.size()) {
                    left.add(words.get(i + 1));
                }
            }
            i += alone ? 0 : 1;
        }
        return left;
    }

    private static boolean isSwitch(String flag) {
        return Set.of(
                        "--replace",
                        "--rm",
                        "--detach",
                        "-d",
                        "-i",
                        "-t",
                        "--tty",
                        "--interactive",
                        "--init",
                        "--read-only",
                        "--privileged",
                        "--env-host",
                        "--no-healthcheck")
                .contains(flag);
    }
}
