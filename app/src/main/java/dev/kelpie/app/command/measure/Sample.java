package dev.kelpie.app.command.measure;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kelpie.app.format.HumanSize;
import dev.kelpie.engine.report.ContainerUsage;
import dev.kelpie.engine.spec.ShortId;
import java.time.Duration;
import java.util.Locale;

/// What a container uses, and its share of the CPUs since the sample before, or since its start.
record Sample(ContainerUsage usage, double cpu, String pod) {
    static Sample of(ContainerUsage usage, Duration before, long cpuBefore, String pod) {
        double wall = usage.running().minus(before).toNanos();
        double share = wall <= 0 ? 0 : 100.0 * (usage.cpuNanos() - cpuBefore) / wall;
        return new Sample(usage, Math.max(0, share), pod);
    }

    private double average() {
        double wall = usage.running().toNanos();
        return wall <= 0 ? 0 : 100.0 * usage.cpuNanos() / wall;
    }

    private static String percent(double value) {
        return String.format(Locale.ROOT, "%.2f%%", value);
    }

    private double memoryPercent() {
        var memory = usage.memory();
        return memory.limit() <= 0 ? 0 : 100.0 * memory.bytes() / memory.limit();
    }

    private String memory(boolean binary) {
        var memory = usage.memory();
        return binary
                ? HumanSize.binary(memory.bytes()) + " / " + HumanSize.binary(memory.limit())
                : HumanSize.decimal(memory.bytes(), "")
                        + " / "
                        + HumanSize.decimal(memory.limit(), "");
    }

    private static String traffic(ContainerUsage.Traffic traffic) {
        return HumanSize.decimal(traffic.in(), "") + " / " + HumanSize.decimal(traffic.out(), "");
    }

    private String seconds() {
        var used = Duration.ofNanos(usage.cpuNanos());
        long minutes = used.toMinutes();
        var rest = (used.toMillis() - minutes * 60_000) / 1000.0;
        return (minutes > 0 ? minutes + "m" : "") + String.format(Locale.ROOT, "%.6fs", rest);
    }

    /// The fields that templates and tables show.
    ObjectNode row(boolean whole) {
        var row = JsonNodeFactory.instance.objectNode();
        var id = whole ? usage.id() : ShortId.of(usage.id());
        row.put("ID", id);
        row.put("CID", id);
        row.put("ContainerID", usage.id());
        row.put("Container", usage.id());
        row.put("Pod", whole ? pod : pod.substring(0, Math.min(12, pod.length())));
        row.put("Name", usage.name());
        row.put("CPUPerc", percent(cpu));
        row.put("CPU", percent(cpu));
        row.put("AvgCPU", percent(average()));
        row.put("CPUTime", seconds());
        row.put("CPUNano", usage.cpuNanos());
        row.put("MemUsage", memory(false));
        row.put("MemUsageBytes", memory(true));
        row.put("MemPerc", percent(memoryPercent()));
        row.put("Mem", percent(memoryPercent()));
        row.put("MemLimit", usage.memory().limit());
        row.put("NetIO", traffic(usage.network()));
        row.put("NetInput", usage.network().in());
        row.put("NetOutput", usage.network().out());
        row.put("BlockIO", traffic(usage.block()));
        row.put("BlockInput", usage.block().in());
        row.put("BlockOutput", usage.block().out());
        row.put("PIDS", Long.toString(usage.pids()));
        row.put("PIDs", Long.toString(usage.pids()));
        row.put("UpTime", usage.running().toMillis() + "ms");
        return row;
    }

    /// What `stats --format json` prints.
    ObjectNode json() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", ShortId.of(usage.id()));
        json.put("name", usage.name());
        json.put("cpu_time", seconds());
        json.put("cpu_percent", percent(cpu));
        json.put("avg_cpu", percent(average()));
        json.put("mem_usage", memory(false));
        json.put("mem_percent", percent(memoryPercent()));
        json.put("net_io", traffic(usage.network()));
        json.put("block_io", traffic(usage.block()));
        json.put("pids", Long.toString(usage.pids()));
        return json;
    }

    /// What `pod stats --format json` prints.
    ObjectNode podJson() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("CPU", percent(cpu));
        json.put("MemUsage", memory(false));
        json.put("MemUsageBytes", memory(true));
        json.put("Mem", percent(memoryPercent()));
        json.put("NetIO", traffic(usage.network()));
        json.put("BlockIO", traffic(usage.block()));
        json.put("PIDS", Long.toString(usage.pids()));
        json.put("Pod", pod.substring(0, Math.min(12, pod.length())));
        json.put("CID", ShortId.of(usage.id()));
        json.put("Name", usage.name());
        return json;
    }
}
