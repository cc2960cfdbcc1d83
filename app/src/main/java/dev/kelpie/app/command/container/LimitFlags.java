package dev.kelpie.app.command.container;

import dev.kelpie.app.flag.ByteSize;
import dev.kelpie.app.flag.CpuAmount;
import dev.kelpie.app.flag.FlagException;
import dev.kelpie.engine.spec.Resources;
import dev.kelpie.engine.spec.Security;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import picocli.CommandLine.Option;

/// Flags on what a new container may use and may do.
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

    @Option(names = "--cap-add", split = ",", description = "Capability to add, or ALL")
    List<String> capAdd = new ArrayList<>();

    @Option(names = "--cap-drop", split = ",", description = "Capability to drop, or ALL")
    List<String> capDrop = new ArrayList<>();

    @Option(names = "--privileged", arity = "0..1", description = "All capabilities and devices")
    boolean privileged;

    @Option(names = "--read-only", arity = "0..1", description = "Mount the root read-only")
    boolean readOnly;

    @Option(
            names = "--read-only-tmpfs",
            arity = "0..1",
            description = "With --read-only: /run, /tmp, /var/tmp in memory (default true)")
    boolean readOnlyTmpfs = true;

    @Option(names = "--security-opt", description = "no-new-privileges, label=disable")
    List<String> securityOptions = new ArrayList<>();

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
        long most = Long.parseLong(pidsLimit);
        return most <= 0 ? OptionalLong.empty() : OptionalLong.of(most);
    }

    Security security() {
        boolean noNewPrivileges = false;
        for (var option : securityOptions) {
            switch (option) {
                case "no-new-privileges", "no-new-privileges:true", "no-new-privileges=true" ->
                        noNewPrivileges = true;
                case "no-new-privileges:false",
                        "no-new-privileges=false",
                        "label=disable",
                        "label:disable" -> {}
                default ->
                        throw FlagException.meaning(
                                "security option \"" + option + "\" is not supported yet");
            }
        }
        return new Security(
                privileged, readOnly, noNewPrivileges, capabilities(capAdd), capabilities(capDrop));
    }

    private static Set<String> capabilities(List<String> words) {
        var names = new HashSet<String>();
        for (var word : words) {
            var name = word.toUpperCase(Locale.ROOT);
            name = name.startsWith("CAP_") ? name.substring("CAP_".length()) : name;
            if (!name.matches("[A-Z][A-Z_]{2,40}")) {
                throw FlagException.meaning("unknown capability: \"" + word + "\"");
            }
            names.add(name);
        }
        return names;
    }
}
