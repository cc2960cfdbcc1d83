package dev.kelpie.engine.process;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/// A column of `top`, by the name that Podman gives it, or its AIX code.
@SuppressWarnings("ImmutableEnumChecker") // the functions hold nothing
public enum Descriptor {
    ARGS("COMMAND", "%a", ContainerProcess::arguments),
    CAPAMB("AMBIENT CAPS", "", process -> process.capabilities("CapAmb")),
    CAPBND("BOUNDING CAPS", "", process -> process.capabilities("CapBnd")),
    CAPEFF("EFFECTIVE CAPS", "", process -> process.capabilities("CapEff")),
    CAPINH("INHERITED CAPS", "", process -> process.capabilities("CapInh")),
    CAPPRM("PERMITTED CAPS", "", process -> process.capabilities("CapPrm")),
    COMM("COMMAND", "%c", ContainerProcess::command),
    ETIME("ELAPSED", "%t", ContainerProcess::elapsed),
    GROUP("GROUP", "%G", process -> process.group(1)),
    GROUPS("GROUPS", "", process -> process.groups(true)),
    HGROUP("HGROUP", "", process -> process.hostGroup(1)),
    HGROUPS("HGROUPS", "", process -> process.groups(false)),
    HPID("HPID", "", process -> Integer.toString(process.hostPid())),
    HUSER("HUSER", "", process -> process.hostUser(1)),
    LABEL("LABEL", "", ContainerProcess::label),
    NICE("NI", "%n", process -> process.field(16)),
    PCPU("%CPU", "%C", ContainerProcess::cpuShare),
    PGID("PGID", "%r", ContainerProcess::processGroup),
    PID("PID", "%p", process -> Integer.toString(process.pid())),
    PPID("PPID", "%P", process -> Integer.toString(process.parent())),
    RGROUP("RGROUP", "%g", process -> process.group(0)),
    RSS("RSS", "", process -> process.kilobytes("VmRSS")),
    RUSER("RUSER", "%u", process -> process.user(0)),
    SECCOMP("SECCOMP", "", ContainerProcess::seccomp),
    STATE("STATE", "", process -> process.field(0)),
    STIME("STIME", "", ContainerProcess::begun),
    TIME("TIME", "%x", ContainerProcess::cpuTime),
    TTY("TTY", "%y", ContainerProcess::terminal),
    USER("USER", "%U", process -> process.user(1)),
    VSZ("VSZ", "%z", process -> process.kilobytes("VmSize"));

    private final String heading;
    private final String code;
    private final Function<ContainerProcess, String> text;

    Descriptor(String heading, String code, Function<ContainerProcess, String> text) {
        this.heading = heading;
        this.code = code;
        this.text = text;
    }

    public String heading() {
        return heading;
    }

    /// What stands in the column for a process.
    public String of(ContainerProcess process) {
        return text.apply(process);
    }

    /// The name as typed: `pid`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// By `pid` or `%p`.
    public static Optional<Descriptor> parse(String typed) {
        return Stream.of(values())
                .filter(each -> each.word().equals(typed) || each.code.equals(typed))
                .filter(_ -> !typed.isEmpty())
                .findFirst();
    }
}
