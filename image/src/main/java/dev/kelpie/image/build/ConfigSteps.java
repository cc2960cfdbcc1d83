package dev.kelpie.image.build;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The instructions that change only the configuration.
final class ConfigSteps {

    private static final int MOST_PORTS = 10_000;

    private final Stage stage;
    private final BuildArguments arguments;

    ConfigSteps(Stage stage, BuildArguments arguments) {
        this.stage = stage;
        this.arguments = arguments;
    }

    void apply(Instruction instruction) {
        var config = stage.config;
        switch (instruction.keyword()) {
            case "ENV" -> config.env.putAll(pairs(instruction));
            case "LABEL" -> config.labels.putAll(pairs(instruction));
            case "ARG" -> declare(instruction);
            case "WORKDIR" -> config.workingDir = directory(config.workingDir, word(instruction));
            case "USER" -> config.user = word(instruction);
            case "EXPOSE" -> split(instruction).forEach(port -> expose(instruction, port));
            case "VOLUME" -> volumes(instruction);
            case "STOPSIGNAL" -> config.stopSignal = Optional.of(word(instruction));
            case "MAINTAINER" -> stage.author = Optional.of(instruction.arguments());
            case "CMD" -> config.cmd(instruction.arguments());
            case "ENTRYPOINT" -> config.entrypoint(instruction.arguments());
            case "SHELL" -> config.shell = shell(instruction);
            case "HEALTHCHECK" ->
                    stage.healthCheck = Optional.of(HealthChecks.parse(instruction, config));
            case "ONBUILD" -> stage.onBuild.add(OnBuild.trigger(instruction));
            default ->
                    throw instruction.error("unknown instruction '" + instruction.keyword() + "'");
        }
    }

    private String word(Instruction instruction) {
        return expand(instruction.arguments(), instruction);
    }

    private String expand(String text, Instruction instruction) {
        return Words.expand(text, stage::variable, instruction.escape());
    }

    private static List<String> shell(Instruction instruction) {
        return JsonForm.parse(instruction.arguments())
                .filter(words -> !words.isEmpty())
                .orElseThrow(() ->
                        instruction.error(
                                "SHELL needs a JSON list of words: '"
                                        + instruction.arguments()
                                        + "'"));
    }

    private List<String> split(Instruction instruction) {
        return Words.split(instruction.arguments(), stage::variable, instruction.escape());
    }

    /// `a=b c="d e"`, or the old `a the rest of the line`.
    private Map<String, String> pairs(Instruction instruction) {
        var pairs = new LinkedHashMap<String, String>();
        var raw = Words.rawWords(instruction.arguments(), instruction.escape());
        if (raw.getFirst().indexOf('=') < 0) {
            if (raw.size() < 2) {
                throw instruction.error(
                        instruction.keyword() + " needs a value: '" + raw.getFirst() + "'");
            }
            var rest = instruction.arguments().substring(raw.getFirst().length()).strip();
            pairs.put(expand(raw.getFirst(), instruction), expand(rest, instruction));
            return pairs;
        }
        for (var word : raw) {
            var equals = word.indexOf('=');
            if (equals <= 0) {
                throw instruction.error(
                        instruction.keyword() + " is not of the form NAME=value: '" + word + "'");
            }
            // all of one line see the variables as they were before it
            pairs.put(
                    expand(word.substring(0, equals), instruction),
                    expand(word.substring(equals + 1), instruction));
        }
        return pairs;
    }

    private void declare(Instruction instruction) {
        // one after another: a default may use the one before it
        for (var raw : Words.rawWords(instruction.arguments(), instruction.escape())) {
            var word = expand(raw, instruction);
            var equals = word.indexOf('=');
            var name = equals < 0 ? word : word.substring(0, equals);
            var written =
                    equals < 0 ? Optional.<String>empty() : Optional.of(word.substring(equals + 1));
            arguments.declare(name, written).ifPresent(value -> stage.arguments.put(name, value));
        }
    }

    /// Relative to the one before, as `cd` would.
    static String directory(String before, String path) {
        var whole = path.startsWith("/") ? path : before + "/" + path;
        var parts = new java.util.ArrayDeque<String>();
        for (var part : whole.split("/", -1)) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.addLast(part);
            }
        }
        return "/" + String.join("/", parts);
    }

    private void volumes(Instruction instruction) {
        var words = JsonForm.parse(instruction.arguments()).orElseGet(() -> split(instruction));
        for (var word : words) {
            var path = expand(word, instruction);
            if (path.isEmpty()) {
                throw instruction.error("VOLUME has an empty path");
            }
            stage.config.volumes.add(path);
        }
    }

    private void expose(Instruction instruction, String text) {
        var matcher =
                java.util.regex.Pattern.compile(
                                "([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp|sctp|TCP|UDP|SCTP))?")
                        .matcher(text);
        if (!matcher.matches()) {
            throw instruction.error("not a port like 80 or 80/udp: '" + text + "'");
        }
        var first = Integer.parseInt(matcher.group(1));
        var last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        var protocol =
                matcher.group(3) == null
                        ? "tcp"
                        : matcher.group(3).toLowerCase(java.util.Locale.ROOT);
        if (first < 1 || last > 65535 || last < first || last - first > MOST_PORTS) {
            throw instruction.error("not a port between 1 and 65535: '" + text + "'");
        }
        for (var port = first; port <= last; port++) {
            stage.config.exposedPorts.add(port + "/" + protocol);
        }
    }
}
