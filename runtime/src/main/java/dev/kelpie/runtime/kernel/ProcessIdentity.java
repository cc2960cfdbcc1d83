package dev.kelpie.runtime.kernel;

import com.sun.jna.LastErrorException;
import com.sun.jna.NativeLong;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// One process for good: its pid alone may be given to another, with its start time (clock ticks
/// since boot, field 22 of proc_pid_stat(5)) it is unmistakable until the next boot. A zombie
/// counts as dead.
public record ProcessIdentity(int pid, long startTime) {

    private static final int PIDFD_SEND_SIGNAL = 424;
    private static final int PIDFD_OPEN = 434;

    /// The process that has this pid now, if it lives.
    public static Optional<ProcessIdentity> of(int pid) {
        return pid <= 0
                ? Optional.empty()
                : stat(pid)
                        .filter(stat -> !stat.dead())
                        .map(stat -> new ProcessIdentity(pid, stat.startTime()));
    }

    /// The form kept in files: `PID STARTTIME`.
    public static Optional<ProcessIdentity> parse(String text) {
        var words = text.strip().split(" ", -1);
        try {
            return words.length == 2
                    ? Optional.of(
                            new ProcessIdentity(
                                    Integer.parseInt(words[0]), Long.parseLong(words[1])))
                    : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return pid + " " + startTime;
    }

    public boolean isAlive() {
        return stat(pid).filter(stat -> !stat.dead() && stat.startTime() == startTime).isPresent();
    }

    /// Sends a signal to this very process; false if it is gone.
    public boolean signal(int signal) {
        var fd = pidfd();
        if (fd.isEmpty()) {
            return false;
        }
        try (var open = fd.get()) {
            LibC.syscall(
                    new NativeLong(PIDFD_SEND_SIGNAL), open.number(), signal, new NativeLong(0), 0);
            return true;
        } catch (LastErrorException e) {
            if (e.getErrorCode() == Errno.ESRCH) {
                return false;
            }
            throw Errno.failed("pidfd_send_signal", toString(), e);
        }
    }

    /// A pidfd of this very process, readable once it ended; empty if it already did.
    Optional<Fd> pidfd() {
        try {
            var fd = openPidfd(pid);
            if (isAlive()) {
                return Optional.of(fd);
            }
            fd.close();
            return Optional.empty();
        } catch (LastErrorException e) {
            // EINVAL: the pid has become the id of a thread
            if (e.getErrorCode() == Errno.ESRCH || e.getErrorCode() == Errno.EINVAL) {
                return Optional.empty();
            }
            throw Errno.failed("pidfd_open", toString(), e);
        }
    }

    /// pidfd_open(2) of whoever has this pid now.
    static Fd openPidfd(int pid) throws LastErrorException {
        return new Fd(
                LibC.syscall(new NativeLong(PIDFD_OPEN), pid, 0, new NativeLong(0), 0).intValue());
    }

    private static Optional<Stat> stat(int pid) {
        try {
            var text =
                    Files.readString(
                            Path.of("/proc/" + pid + "/stat"), StandardCharsets.ISO_8859_1);
            return Optional.of(Stat.parse(text));
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    /// The two fields of /proc/PID/stat that count here.
    record Stat(char state, long startTime) {

        /// The second field is a name that may hold spaces and parentheses: the last `)` ends it.
        static Stat parse(String line) {
            var fields = line.substring(line.lastIndexOf(')') + 2).strip().split(" ", -1);
            return new Stat(fields[0].charAt(0), Long.parseLong(fields[19]));
        }

        boolean dead() {
            return state == 'Z' || state == 'X' || state == 'x';
        }
    }
}
