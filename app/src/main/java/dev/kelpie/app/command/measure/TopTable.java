package dev.kelpie.app.command.measure;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.format.TextTable;
import dev.kelpie.engine.process.ContainerProcess;
import dev.kelpie.engine.process.Descriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The table of `top`: which columns were asked for, in Podman's words or in those of ps.
record TopTable(List<Descriptor> columns) {
    private static final String USUAL = "user,pid,ppid,pcpu,etime,tty,time,args";
    private static final String FULL = "user,pid,ppid,pcpu,stime,tty,time,args";
    private static final String BY_USE = "user,pid,pcpu,vsz,rss,tty,state,stime,time,args";

    /// From the words after the name; none are the usual columns.
    static TopTable parse(List<String> words) {
        var names =
                words.stream()
                        .flatMap(word -> Stream.of(word.split("[,\\s]+", -1)))
                        .filter(word -> !word.isEmpty())
                        .toList();
        if (names.isEmpty()) {
            return new TopTable(descriptors(USUAL));
        }
        var first = names.getFirst();
        return switch (first) {
            case "-ef", "ef", "-f", "-e", "-A" ->
                    new TopTable(names.size() > 1 ? rest(names) : descriptors(FULL));
            case "aux", "-aux", "u" -> new TopTable(descriptors(BY_USE));
            case "-o", "-eo", "-Ao", "-efo" -> new TopTable(rest(names));
            default -> new TopTable(descriptors(names));
        };
    }

    private static List<Descriptor> rest(List<String> names) {
        var rest = names.subList(1, names.size());
        return descriptors(
                rest.getFirst().equals("-o") && rest.size() > 1
                        ? rest.subList(1, rest.size())
                        : rest);
    }

    private static List<Descriptor> descriptors(String names) {
        return descriptors(List.of(names.split(",", -1)));
    }

    private static List<Descriptor> descriptors(List<String> names) {
        var found = new ArrayList<Descriptor>();
        for (var name : names) {
            found.add(
                    Descriptor.parse(name)
                            .or(() -> ofPs(name))
                            .orElseThrow(() ->
                                    new CommandException(
                                            "unknown descriptor '"
                                                    + name
                                                    + "': there are "
                                                    + known())));
        }
        return found;
    }

    private static java.util.Optional<Descriptor> ofPs(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "cmd", "command" -> java.util.Optional.of(Descriptor.ARGS);
            case "%cpu", "c" -> java.util.Optional.of(Descriptor.PCPU);
            case "ni" -> java.util.Optional.of(Descriptor.NICE);
            case "s", "stat" -> java.util.Optional.of(Descriptor.STATE);
            case "tt", "tname" -> java.util.Optional.of(Descriptor.TTY);
            case "uid", "euser" -> java.util.Optional.of(Descriptor.USER);
            case "vsize" -> java.util.Optional.of(Descriptor.VSZ);
            default -> java.util.Optional.empty();
        };
    }

    private static String known() {
        return Stream.of(Descriptor.values())
                .map(Descriptor::word)
                .collect(Collectors.joining(", "));
    }

    void print(Call call, List<ContainerProcess> processes) {
        var table = TextTable.podman();
        table.row(columns.stream().map(Descriptor::heading).toList());
        for (var process : processes) {
            table.row(columns.stream().map(column -> column.of(process)).toList());
        }
        call.print(table.text(call.width(), call.stdoutIsTerminal()));
    }
}
