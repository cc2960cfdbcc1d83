package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.ByteSize;
import dev.kelpie.app.flag.CpuAmount;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.Resources;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/// Flags on what a new container may use.
final class LimitFlags {
    private static final long SMALLEST_MEMORY = 6L << 20;

    @Option(
            names = {"-m", "--memory"},
            description = "Most memory: 64m, 1g")
    String memory = "";

    @Option(names = "--cpus", description = "Most processors: 1.5")
    String cpus = "";

    @Option(names = "--pids-limit", description = "Most processes; -1 or 0 for no limit")
    String pidsLimit = "";

    Resources resources() {
        return new Resources(
                Resources.Amounts.NONE, new Resources.Amounts(milliCpu(), memoryBytes()), pids());
    }

    private OptionalLong milliCpu() {
        long milli = cpus.isEmpty() ? 0 : CpuAmount.parseMilli("--cpus", cpus);
        return milli == 0 ? OptionalLong.empty() : OptionalLong.of(milli);
    }

    private OptionalLong memoryBytes() {
        long bytes = memory.isEmpty() ? 0 : ByteSize.parse("--memory", memory);
        if (bytes > 0 && bytes < SMALLEST_MEMORY) {
            throw FlagException.meaning(
                    "minimum memory limit allowed is 6 MB, was \"" + memory + "\"");
        }
        return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    /// 0 is none; empty is the usual one.
    private OptionalLong pids() {
        if (pidsLimit.isEmpty()) {
            return OptionalLong.empty();
        }
        if (!pidsLimit.matches("-1|\\d{1,9}")) {
            throw FlagException.syntax(
                    "invalid argument \""
                            + pidsLimit
                            + "\" for \"--pids-limit\" flag: not a number");
        }
        return OptionalLong.of(Math.max(0, Long.parseLong(pidsLimit)));
    }
}
