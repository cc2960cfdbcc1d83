package dev.kelpie.app.command;

import dev.kelpie.app.call.Entry;
import dev.kelpie.app.format.TextTable;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// Help, in the layout of Podman's.
final class Usage {
    private static final int SHORT_NAME_ROOM = 4;

    private Usage() {}

    static String ofGroup(Catalog catalog, String group) {
        var title =
                group.isEmpty() ? "Run Kubernetes YAML on one machine" : Catalog.GROUPS.get(group);
        var name = group.isEmpty() ? Commands.PROGRAM : Commands.PROGRAM + " " + group;
        var out = new StringBuilder();
        out.append(title).append("\n\nUsage:\n  ").append(name).append(" [options] [command]\n");
        out.append("\nAvailable Commands:\n").append(indented(rows(catalog.below(group))));
        if (group.isEmpty()) {
            out.append("\nOptions:\n").append(indented(globalOptions()));
        }
        return out.toString();
    }

    static String ofCommand(Entry entry, String typed, CommandSpec command) {
        var out = new StringBuilder();
        out.append(entry.summary()).append("\n\nUsage:\n  ");
        out.append(Commands.PROGRAM).append(' ').append(typed).append(' ');
        out.append(synopsis(command)).append('\n');
        var aliases = entry.aliases().stream().filter(alias -> !alias.equals(typed)).toList();
        if (!aliases.isEmpty()) {
            out.append("\nAliases:\n  ");
            out.append(Commands.PROGRAM).append(' ').append(entry.path());
            aliases.forEach(
                    alias -> out.append(", ").append(Commands.PROGRAM).append(' ').append(alias));
            out.append('\n');
        }
        var options =
                command.options().stream()
                        .filter(option -> !option.hidden())
                        .sorted(Comparator.comparing(OptionSpec::longestName))
                        .map(Usage::row)
                        .toList();
        if (!options.isEmpty()) {
            out.append("\nOptions:\n").append(indented(options));
        }
        return out.toString();
    }

    private static String synopsis(CommandSpec command) {
        var custom = command.usageMessage().customSynopsis();
        return custom.length == 0 ? "[options]" : String.join("\n  ", custom);
    }

    private static List<String> row(OptionSpec option) {
        var shortest = option.shortestName();
        var longest = option.longestName();
        var names =
                shortest.equals(longest) && longest.startsWith("--")
                        ? " ".repeat(SHORT_NAME_ROOM) + longest
                        : shortest.equals(longest) ? shortest : shortest + ", " + longest;
        var type = Completer.isSwitch(option) ? "" : " " + label(option);
        return List.of(names + type, String.join(" ", option.description()));
    }

    private static String label(OptionSpec option) {
        if (option.type() == int.class || option.type() == long.class) {
            return "int";
        }
        return option.isMultiValue() ? "strings" : "string";
    }

    private static List<List<String>> rows(Map<String, String> words) {
        return words.entrySet().stream()
                .map(entry -> List.of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static List<List<String>> globalOptions() {
        return List.of(
                List.of("    --help", "Show help"),
                List.of("    --root string", "Directory of images, volumes and containers"),
                List.of("    --runroot string", "Directory of what lasts until the next boot"),
                List.of("    --url string", "Engine of a socket: unix:///PATH"),
                List.of("-v, --version", "Show the version"));
    }

    private static String indented(List<List<String>> rows) {
        var table = TextTable.narrow();
        rows.forEach(table::row);
        var lines = Arrays.asList(table.text().stripTrailing().split("\n", -1));
        return "  " + String.join("\n  ", lines) + "\n";
    }
}
