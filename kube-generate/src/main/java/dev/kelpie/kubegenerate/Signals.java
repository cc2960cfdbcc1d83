package dev.kelpie.kubegenerate;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Signals by the names that Kubernetes has for them.
///
/// @see <a href="https://man7.org/linux/man-pages/man7/signal.7.html">signal(7)</a>
final class Signals {
    /// From number 1 on, as on x86 and ARM.
    private static final List<String> NAMES =
            List.of(
                    ("HUP INT QUIT ILL TRAP ABRT BUS FPE KILL USR1 SEGV USR2 PIPE ALRM TERM STKFLT CHLD"
                                    + " CONT STOP TSTP TTIN TTOU URG XCPU XFSZ VTALRM PROF WINCH IO"
                                    + " PWR SYS")
                            .split(" "));

    private static final int FIRST_REAL_TIME = 34;
    private static final int LAST_REAL_TIME = 64;
    private static final int MIDDLE = 15;

    private Signals() {}

    /// The name of a signal given by name, with or without `SIG`, or by number.
    static Optional<String> named(String written, String owner, Losses losses) {
        var name =
                written.matches("\\d{1,2}") ? ofNumber(Integer.parseInt(written)) : word(written);
        if (name.isEmpty()) {
            losses.note(owner, "stop signal '" + written + "'");
        }
        return name;
    }

    private static Optional<String> word(String written) {
        var upper = written.toUpperCase(Locale.ROOT);
        var name = upper.startsWith("SIG") ? upper.substring(3) : upper;
        var known =
                NAMES.contains(name)
                        || List.of("CLD", "IOT", "POLL", "RTMIN", "RTMAX").contains(name)
                        || name.matches("RTMIN\\+([1-9]|1[0-5])|RTMAX-([1-9]|1[0-4])");
        return known ? Optional.of("SIG" + name) : Optional.empty();
    }

    private static Optional<String> ofNumber(int number) {
        if (number >= 1 && number <= NAMES.size()) {
            return Optional.of("SIG" + NAMES.get(number - 1));
        }
        if (number < FIRST_REAL_TIME || number > LAST_REAL_TIME) {
            return Optional.empty();
        }
        int above = number - FIRST_REAL_TIME;
        int below = LAST_REAL_TIME - number;
        if (above <= MIDDLE) {
            return Optional.of(above == 0 ? "SIGRTMIN" : "SIGRTMIN+" + above);
        }
        return Optional.of(below == 0 ? "SIGRTMAX" : "SIGRTMAX-" + below);
    }
}
