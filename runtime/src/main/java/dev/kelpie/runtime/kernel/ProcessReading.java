package dev.kelpie.runtime.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What /proc tells of one process at one moment, see proc(5). Names and arguments are the
/// process's own: control characters in them are shown as `?`.
///
/// @param arguments joined by blanks; empty for a kernel thread and a zombie
public record ProcessReading(
        int pid,
        String command,
        List<String> fields,
        Map<String, String> lines,
        String arguments,
        Path directory) {

    private static final Path PROC = Path.of("/proc");
    private static final int MOST_ARGUMENTS = 1 << 14;

    /// The process of this pid; empty when it has gone.
    public static Optional<ProcessReading> of(int pid) {
        return of(PROC, pid);
    }

    static Optional<ProcessReading> of(Path proc, int pid) {
        var directory = proc.resolve(Integer.toString(pid));
        try {
            var stat = Files.readString(directory.resolve("stat"), StandardCharsets.ISO_8859_1);
            int open = stat.indexOf('(');
            int close = stat.lastIndexOf(')');
            var fields = List.of(stat.substring(close + 2).strip().split(" ", -1));
            return Optional.of(
                    new ProcessReading(
                            pid,
                            shown(stat.substring(open + 1, close)),
                            fields,
                            lines(directory.resolve("status")),
                            arguments(directory.resolve("cmdline")),
                            directory));
        } catch (IOException | IndexOutOfBoundsException _) {
            return Optional.empty();
        }
    }

    private static Map<String, String> lines(Path status) throws IOException {
        var lines = new HashMap<String, String>();
        for (var line : Files.readString(status, StandardCharsets.ISO_8859_1).split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                lines.put(line.substring(0, colon), line.substring(colon + 1).strip());
            }
        }
        return lines;
    }

    private static String arguments(Path cmdline) throws IOException {
        try (var in = Files.newInputStream(cmdline)) {
            var bytes = in.readNBytes(MOST_ARGUMENTS);
            var text = new String(bytes, StandardCharsets.UTF_8).replaceAll("\0+$", "");
            return shown(text.replace('\0', ' '));
        }
    }

    private static String shown(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    /// A field of `stat` after the name, counted from 0: state, parent, ….
    public String field(int index) {
        return index < fields.size() ? fields.get(index) : "";
    }

    public int number(int index) {
        return (int) number64(index);
    }

    public long number64(int index) {
        return field(index).matches("-?[0-9]{1,18}") ? Long.parseLong(field(index)) : 0;
    }

    /// A line of `status`; empty when there is none.
    public String status(String key) {
        return lines.getOrDefault(key, "");
    }

    /// Its pid in the innermost namespace it is in.
    public int innerPid() {
        var words = status("NSpid").split("\\s+", -1);
        var last = words[words.length - 1];
        return last.matches("[0-9]{1,9}") ? Integer.parseInt(last) : pid;
    }

    /// The id inside its user namespace, by `uid_map` or `gid_map`, of one on the host.
    public long inner(String map, long id) {
        try {
            for (var line : Files.readAllLines(directory.resolve(map))) {
                var words =
                        Arrays.stream(line.strip().split("\\s+", -1)).mapToLong(Long::parseLong);
                var numbers = words.toArray();
                if (id >= numbers[1] && id - numbers[1] < numbers[2]) {
                    return numbers[0] + id - numbers[1];
                }
            }
        } catch (IOException | NumberFormatException _) {
            return id; // it has just gone
        }
        return id;
    }

    /// Of SELinux or AppArmor; `?` when there is none.
    public String label() {
        try {
            var label = Files.readString(directory.resolve("attr/current")).strip();
            return label.isEmpty() ? "?" : shown(label.replace("\0", ""));
        } catch (IOException _) {
            return "?";
        }
    }

    /// Bytes that the process's network namespace has received and sent, `lo` left out.
    public static long[] traffic(int pid) {
        var sum = new long[2];
        try {
            var file = PROC.resolve(Integer.toString(pid)).resolve("net/dev");
            for (var line : Files.readAllLines(file)) {
                int colon = line.indexOf(':');
                if (colon > 0 && !line.substring(0, colon).strip().equals("lo")) {
                    var words = line.substring(colon + 1).strip().split("\\s+", -1);
                    sum[0] += Long.parseLong(words[0]);
                    sum[1] += Long.parseLong(words[8]);
                }
            }
        } catch (IOException | NumberFormatException | IndexOutOfBoundsException _) {
            return sum; // it has just gone
        }
        return sum;
    }

    /// Since the host came up.
    public static Duration uptime() {
        try {
            var text = Files.readString(PROC.resolve("uptime"));
            return Duration.ofMillis(
                    (long) (Double.parseDouble(text.substring(0, text.indexOf(' '))) * 1000));
        } catch (IOException _) {
            return Duration.ZERO;
        }
    }

    /// Of the host, in bytes.
    public static long hostMemory() {
        try {
            var text = Files.readString(PROC.resolve("meminfo"));
            var kilobytes = text.substring(0, text.indexOf('\n')).replaceAll("[^0-9]", "");
            return Long.parseLong(kilobytes) * 1024;
        } catch (IOException | NumberFormatException _) {
            return 0;
        }
    }

    /// Every process that is in the PID namespace of this one.
    public static List<Integer> pidsOfNamespace(int pid) {
        var found = new ArrayList<Integer>();
        var wanted = namespace(Integer.toString(pid));
        try (var entries = Files.newDirectoryStream(PROC, "[1-9]*")) {
            for (var entry : entries) {
                var name = String.valueOf(entry.getFileName());
                if (wanted.isPresent() && namespace(name).equals(wanted)) {
                    found.add(Integer.valueOf(name));
                }
            }
        } catch (IOException _) {
            return found;
        }
        return found;
    }

    private static Optional<Path> namespace(String pid) {
        try {
            return Optional.of(Files.readSymbolicLink(PROC.resolve(pid).resolve("ns/pid")));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
