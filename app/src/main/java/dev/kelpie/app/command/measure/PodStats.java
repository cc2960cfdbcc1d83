package dev.kelpie.app.command.measure;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.report.ContainerSummary;
import dev.kelpie.engine.report.PodSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `pod stats`: what the containers of pods use.
@Command(
        name = "stats",
        description = "Show what the containers of pods use of CPU, memory, network and disks",
        customSynopsis = "[options] [POD...]")
final class PodStats implements Verb {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("POD", "Pod"),
                    new Column("CID", "CID"),
                    new Column("NAME", "Name"),
                    new Column("CPU %", "CPU"),
                    new Column("MEM USAGE/ LIMIT", "MemUsage"),
                    new Column("MEM %", "Mem"),
                    new Column("NET IO", "NetIO"),
                    new Column("BLOCK IO", "BlockIO"),
                    new Column("PIDS", "PIDS"));

    private final Call call;

    @Mixin StatsFlags flags = new StatsFlags();

    @Parameters List<String> pods = new ArrayList<>();

    PodStats(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        if (((flags.all || flags.latest) && !pods.isEmpty()) || (flags.all && flags.latest)) {
            throw FlagException.meaning("--all, --latest and pods cannot be used together");
        }
        var look =
                new Screen.Look(
                        flags.format, COLUMNS, Sample::podJson, flags.noTrunc, !flags.noReset);
        new Screen(call, look).show(this::chosen, flags.streams(), flags.pause());
        return 0;
    }

    private List<ContainerSummary> chosen() throws InterruptedException {
        var wanted = ids();
        return call.engine().containers().list().stream()
                .filter(one -> one.pod().filter(pod -> wanted.contains(pod.id())).isPresent())
                .toList();
    }

    private java.util.Set<String> ids() throws InterruptedException {
        var all = call.engine().pods();
        if (flags.latest) {
            return java.util.Set.of(Chosen.latest(all.list(), "pod").id());
        }
        var chosen = pods.isEmpty() ? all.list() : pods.stream().map(all::find).toList();
        return chosen.stream().map(PodSummary::id).collect(Collectors.toSet());
    }
}
