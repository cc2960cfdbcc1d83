package dev.kelpie.runtime.spec;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;

/// System-call filter in the runtime-spec's form (config-linux.md, "Seccomp").
public record LinuxSeccomp(
        String defaultAction,
        Optional<Integer> defaultErrnoRet,
        List<String> architectures,
        List<Syscall> syscalls) {

    public LinuxSeccomp {
        architectures = List.copyOf(architectures);
        syscalls = List.copyOf(syscalls);
    }

    /// One rule: what happens when one of `names` is called with such arguments.
    public record Syscall(
            List<String> names, String action, Optional<Integer> errnoRet, List<Argument> args) {

        public Syscall {
            names = List.copyOf(names);
            args = List.copyOf(args);
        }
    }

    /// A comparison of the argument with number `index`.
    public record Argument(int index, BigInteger value, BigInteger valueTwo, String op) {}
}
