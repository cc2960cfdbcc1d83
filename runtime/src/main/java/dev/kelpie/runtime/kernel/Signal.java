package dev.kelpie.runtime.kernel;

import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;

/// Signal names and numbers of signal(7).
public final class Signal {

    public static final int HUP = 1;
    public static final int INT = 2;
    public static final int KILL = 9;
    public static final int TERM = 15;

    private static final int RTMIN = 34;
    private static final int RTMAX = 64;

    private static final List<String> NAMES =
            List.of(
                    "", "HUP", "INT", "QUIT", "ILL", "TRAP", "ABRT", "BUS", "FPE", "KILL", "USR1",
                    "SEGV", "USR2", "PIPE", "ALRM", "TERM", "STKFLT", "CHLD", "CONT", "STOP",
                    "TSTP", "TTIN", "TTOU", "URG", "XCPU", "XFSZ", "VTALRM", "PROF", "WINCH", "IO",
                    "PWR", "SYS");

    private Signal() {}

    /// A number, a name with or without `SIG`, or `RTMIN+3` / `RTMAX-1`; empty if it is no signal.
    public static OptionalInt parse(String text) {
        var upper = text.strip().toUpperCase(Locale.ROOT);
        var name = upper.startsWith("SIG") ? upper.substring(3) : upper;
        if (name.matches("[0-9]{1,3}")) {
            return inRange(Integer.parseInt(name));
        }
        if (name.matches("RTMIN(\\+[0-9]{1,2})?")) {
            return inRange(RTMIN + offset(name, '+'));
        }
        if (name.matches("RTMAX(-[0-9]{1,2})?")) {
            return inRange(RTMAX - offset(name, '-'));
        }
        var number = NAMES.indexOf(name.equals("CLD") ? "CHLD" : name.equals("POLL") ? "IO" : name);
        return number > 0 ? OptionalInt.of(number) : OptionalInt.empty();
    }

    /// The name with `SIG`, or the bare number where there is none.
    public static String name(int number) {
        return number > 0 && number < NAMES.size()
                ? "SIG" + NAMES.get(number)
                : Integer.toString(number);
    }

    private static int offset(String name, char sign) {
        var at = name.indexOf(sign);
        return at < 0 ? 0 : Integer.parseInt(name.substring(at + 1));
    }

    private static OptionalInt inRange(int number) {
        return number >= 1 && number <= RTMAX ? OptionalInt.of(number) : OptionalInt.empty();
    }
}
