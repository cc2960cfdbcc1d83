package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.ByteSize;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.GroupWords;
import dev.kelpie.engine.spec.GroupWords.IoRule;
import dev.kelpie.engine.spec.GroupWords.Kind;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// Flags on what a new container's control group is told beyond processors and memory.
final class GroupFlags {
    private static final Path UNIFIED = Path.of("/sys/fs/cgroup/cgroup.controllers");

    private static final Path WEIGHTS = Path.of("/sys/fs/cgroup/blkio");

    private static final Pattern RULE =
            Pattern.compile("([acb]) +([0-9]{1,9}|\\*):([0-9]{1,9}|\\*) +([rwm]{1,3})");

    @Option(names = "--cpuset-mems", description = "Memory nodes it may use: 0-1")
    String mems = "";

    @Option(
            names = "--memory-swappiness",
            description = "How readily its memory is swapped: 0 to 100 (cgroup v1 alone)")
    @Nullable Integer swappiness;

    @Option(names = "--blkio-weight", description = "Weight of its reading and writing: 10 to 1000")
    int weight;

    @Option(names = "--blkio-weight-device", description = "The same for one: /dev/sda:WEIGHT")
    List<String> weights = new ArrayList<>();

    @Option(names = "--device-read-bps", description = "Most bytes read in a second: /dev/sda:10m")
    List<String> readBytes = new ArrayList<>();

    @Option(
            names = "--device-write-bps",
            description = "Most bytes written in a second: /dev/sda:10m")
    List<String> writeBytes = new ArrayList<>();

    @Option(names = "--device-read-iops", description = "Most reads in a second: /dev/sda:1000")
    List<String> reads = new ArrayList<>();

    @Option(names = "--device-write-iops", description = "Most writes in a second: /dev/sda:1000")
    List<String> writes = new ArrayList<>();

    @Option(
            names = "--device-cgroup-rule",
            description = "Devices that it may use by number: 'c 81:* rmw'")
    List<String> rules = new ArrayList<>();

    @Option(
            names = "--cgroup-conf",
            description = "What is written to a file of its control group (v2): memory.high=1g")
    List<String> unified = new ArrayList<>();

    @Option(names = "--oom-kill-disable", arity = "0..1", hidden = true)
    boolean noOomKill;

    @Option(names = "--cpu-rt-period", hidden = true)
    long realTimePeriod;

    @Option(names = "--cpu-rt-runtime", hidden = true)
    long realTimeRuntime;

    @Option(names = "--kernel-memory", hidden = true)
    String kernelMemory = "";

    /// Whether there is something that a container cannot be given later.
    boolean isForANewOne() {
        return !rules.isEmpty() || !unified.isEmpty();
    }

    /// What is taken and does nothing here.
    List<String> idle() {
        var idle = new ArrayList<String>();
        if (swappiness != null && Files.exists(UNIFIED)) {
            idle.add("--memory-swappiness does nothing here");
        }
        if (weight != 0 && !weighs()) {
            idle.add("--blkio-weight: the kernel has no such weight, it is discarded");
        }
        if (noOomKill) {
            idle.add("--oom-kill-disable does nothing here");
        }
        if (realTimePeriod != 0 || realTimeRuntime != 0) {
            idle.add("--cpu-rt-period and --cpu-rt-runtime do nothing here");
        }
        if (!kernelMemory.isEmpty()) {
            idle.add("--kernel-memory does nothing here");
        }
        return idle;
    }

    private static boolean weighs() {
        return Files.exists(UNIFIED)
                || Files.exists(WEIGHTS.resolve("blkio.weight"))
                || Files.exists(WEIGHTS.resolve("blkio.bfq.weight"));
    }

    OptionalLong swappiness() {
        if (swappiness == null || swappiness == -1) {
            return OptionalLong.empty();
        }
        if (swappiness < 0 || swappiness > 100) {
            throw FlagException.meaning(
                    "invalid value: " + swappiness + ", valid memory swappiness range is 0-100");
        }
        return Files.exists(UNIFIED) ? OptionalLong.empty() : OptionalLong.of(swappiness);
    }

    GroupWords words() {
        var all = new ArrayList<IoRule>();
        weights.forEach(word -> all.add(rule("--blkio-weight-device", Kind.WEIGHT, word)));
        readBytes.forEach(word -> all.add(rule("--device-read-bps", Kind.READ_BYTES, word)));
        writeBytes.forEach(word -> all.add(rule("--device-write-bps", Kind.WRITE_BYTES, word)));
        reads.forEach(word -> all.add(rule("--device-read-iops", Kind.READ_OPERATIONS, word)));
        writes.forEach(word -> all.add(rule("--device-write-iops", Kind.WRITE_OPERATIONS, word)));
        return new GroupWords(
                weight == 0 || (weight("--blkio-weight", weight) > 0 && !weighs())
                        ? OptionalInt.empty()
                        : OptionalInt.of(weight),
                all,
                rules.stream().map(GroupFlags::deviceRule).toList(),
                files());
    }

    private static IoRule rule(String flag, Kind kind, String word) {
        int colon = word.lastIndexOf(':');
        if (colon <= 0 || !word.startsWith("/dev/") || colon == word.length() - 1) {
            throw FlagException.meaning(
                    "invalid " + flag + " \"" + word + "\": use /dev/DEVICE:VALUE");
        }
        var value = word.substring(colon + 1);
        boolean bytes = kind == Kind.READ_BYTES || kind == Kind.WRITE_BYTES;
        if (!bytes && !value.matches("\\d{1,18}")) {
            throw FlagException.meaning(
                    "invalid " + flag + " \"" + word + "\": \"" + value + "\" is not a number");
        }
        long number = bytes ? ByteSize.parse(flag, value) : Long.parseLong(value);
        return new IoRule(
                kind,
                word.substring(0, colon),
                kind == Kind.WEIGHT ? weight(flag, number) : number);
    }

    private static long weight(String flag, long value) {
        if (value < 10 || value > 1000) {
            throw FlagException.meaning(flag + " must be 10 to 1000, was \"" + value + "\"");
        }
        return value;
    }

    private static GroupWords.DeviceRule deviceRule(String word) {
        var parts = RULE.matcher(word.strip());
        if (!parts.matches()) {
            throw FlagException.meaning(
                    "invalid device cgroup rule requires type, major:Minor, and access rules: \""
                            + word
                            + "\"");
        }
        return new GroupWords.DeviceRule(
                parts.group(1), number(parts.group(2)), number(parts.group(3)), parts.group(4));
    }

    private static OptionalLong number(String text) {
        return text.equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(text));
    }

    private Map<String, String> files() {
        var files = new TreeMap<String, String>();
        for (var word : unified) {
            int equals = word.indexOf('=');
            if (equals <= 0 || !word.substring(0, equals).matches("[a-z0-9_]+(\\.[a-z0-9_]+)+")) {
                throw FlagException.meaning(
                        "invalid --cgroup-conf \""
                                + word
                                + "\": use FILE=VALUE, as memory.high=1g");
            }
            files.put(word.substring(0, equals), word.substring(equals + 1));
        }
        if (!files.isEmpty() && !Files.exists(UNIFIED)) {
            throw FlagException.meaning("cannot use --cgroup-conf without cgroup v2");
        }
        return files;
    }
}
