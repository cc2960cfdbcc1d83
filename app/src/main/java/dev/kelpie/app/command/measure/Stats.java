package dev.kelpie.app.command.measure;

import dev.kelpie.app.call.Call;
import dev.kelpie.app.call.Chosen;
import dev.kelpie.app.call.Column;
import dev.kelpie.app.call.Verb;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.report.ContainerSummary;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// `stats`: what containers use.
@Command(
        name = "stats",
        description = "Show what containers use of CPU, memory, network and disks",
        customSynopsis = "[options] [CONTAINER...]")
final class Stats implements Verb {
    private static final List<Column> COLUMNS =
            List.of(
                    new Column("ID", "ID"),
                    new Column("NAME", "Name"),
                    new Column("CPU %", "CPUPerc"),
                    new Column("MEM USAGE / LIMIT", "MemUsage"),
                    new Column("MEM %", "MemPerc"),
                    new Column("NET IO", "NetIO"),
                    new Column("BLOCK IO", "BlockIO"),
                    new Column("PIDS", "PIDS"),
                    new Column("CPU TIME", "CPUTime"),
                    new Column("AVG CPU %", "AvgCPU"));

    private final Call call;

    @Mixin StatsFlags flags = new StatsFlags();

    @Parameters List<String> containers = new ArrayList<>();

    Stats(Call call) {
        this.call = call;
    }

    @Override
    public int run() throws InterruptedException {
        if (((flags.all || flags.latest) && !containers.isEmpty()) || (flags.all && flags.latest)) {
            throw FlagException.meaning("--all, --latest and containers cannot be used together");
        }
        var look =
                new Screen.Look(flags.format, COLUMNS, Sample::json, flags.noTrunc, !flags.noReset);
        new Screen(call, look).show(this::chosen, flags.streams(), flags.pause());
        return 0;
    }

    private List<ContainerSummary> chosen() throws InterruptedException {
        var all = call.engine().containers();
        if (flags.latest) {
            return List.of(Chosen.latest(all.list(), "container"));
        }
        return containers.isEmpty()
                ? all.list().stream().filter(one -> one.kind() != ContainerKind.INFRA).toList()
                : containers.stream().map(all::find).toList();
    }
}
