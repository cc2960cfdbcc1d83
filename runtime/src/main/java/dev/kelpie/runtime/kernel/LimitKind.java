package dev.kelpie.runtime.kernel;

/// The limits of setrlimit(2) with the kernel's numbers (x86-64 and arm64); `RLIMIT_` + name is
/// what the runtime-spec calls them.
public enum LimitKind {
    CPU(0),
    FSIZE(1),
    DATA(2),
    STACK(3),
    CORE(4),
    RSS(5),
    NPROC(6),
    NOFILE(7),
    MEMLOCK(8),
    AS(9),
    LOCKS(10),
    SIGPENDING(11),
    MSGQUEUE(12),
    NICE(13),
    RTPRIO(14),
    RTTIME(15);

    private final int number;

    LimitKind(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    public String specName() {
        return "RLIMIT_" + name();
    }
}
