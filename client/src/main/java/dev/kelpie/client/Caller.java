package dev.kelpie.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Who calls and from where: the process's environment, directory and terminal. The launcher hands
/// over what only a shell tells cheaply, in system properties.
///
/// @param home where Kelpie is installed
/// @param build what it was built from
/// @param terminals the descriptors of those of the standard streams that are terminals, as digits
/// @param size of the terminal, `ROWS COLUMNS`, or empty
/// @param umask of umask(2)
/// @param userId the real one, outside of `unshare`
record Caller(
        Map<String, String> environment,
        Path directory,
        Path home,
        String build,
        String terminals,
        String size,
        int umask,
        int userId) {
    /// The launcher keeps these from our own JVM and hands them on under another name.
    private static final String KEPT = "KELPIE_KEEP_";

    static Caller ofThisProcess() throws IOException {
        var status = Files.readString(Path.of("/proc/self/status"));
        var environment = readEnvironment();
        return new Caller(
                environment,
                Path.of("").toAbsolutePath(),
                Path.of(System.getProperty("kelpie.home", "/usr/local/lib/kelpie")),
                System.getProperty("kelpie.build", "unknown"),
                System.getProperty("kelpie.tty", ""),
                System.getProperty("kelpie.size", ""),
                Integer.parseInt(field(status, "Umask:"), 8),
                userId(Integer.parseInt(field(status, "Uid:")), environment));
    }

    /// Who runs it; in `unshare` he is called root, and the `rootless` script tells.
    static int userId(int own, Map<String, String> environment) {
        var outside = environment.getOrDefault("KELPIE_ROOTLESS_UID", "");
        return own == 0 && outside.matches("[0-9]{1,9}") ? Integer.parseInt(outside) : own;
    }

    /// The first word of a line of `status`, see proc(5).
    private static String field(String status, String name) {
        int start = status.indexOf("\n" + name) + 1 + name.length() + 1;
        int end = start;
        while (Character.isDigit(status.charAt(end))) {
            end++;
        }
        return status.substring(start, end);
    }

    /// The last words of our command line, from the kernel: the JDK decodes them by the locale, and
    /// in the C locale loses what is not ASCII.
    static List<String> words(int count) throws IOException {
        var text =
                new String(
                        Files.readAllBytes(Path.of("/proc/self/cmdline")), StandardCharsets.UTF_8);
        var words = new ArrayList<String>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\0', start);
            words.add(text.substring(start, end));
            start = end + 1;
        }
        return words.subList(words.size() - count, words.size());
    }

    /// From the kernel too.
    private static Map<String, String> readEnvironment() throws IOException {
        var text =
                new String(
                        Files.readAllBytes(Path.of("/proc/self/environ")), StandardCharsets.UTF_8);
        var environment = new TreeMap<String, String>();
        for (int start = 0; start < text.length(); ) {
            int end = text.indexOf('\0', start);
            end = end < 0 ? text.length() : end;
            int equals = text.indexOf('=', start);
            if (equals > start && equals < end) {
                var name = text.substring(start, equals);
                environment.put(
                        name.startsWith(KEPT) ? name.substring(KEPT.length()) : name,
                        text.substring(equals + 1, end));
            }
            start = end + 1;
        }
        return environment;
    }

    boolean onTerminal() {
        return !terminals.isEmpty();
    }

    /// The START frame for these words.
    ByteBuffer start(List<String> words) {
        var parts = new ArrayList<byte[]>();
        int length = texts(words, parts) + text(directory.toString(), parts);
        var entries = new ArrayList<String>(environment.size());
        for (var entry : environment.entrySet()) {
            entries.add(entry.getKey() + "=" + entry.getValue());
        }
        length += texts(entries, parts);
        var frame = Connection.frame(Frames.START, length + 9);
        for (var part : parts) {
            frame.put(part);
        }
        int rowsAndColumns = rowsAndColumns();
        return frame.put(terminalBits()).putInt(rowsAndColumns).putInt(umask);
    }

    private static int texts(List<String> texts, List<byte[]> parts) {
        int length = number(texts.size(), parts);
        for (var text : texts) {
            length += text(text, parts);
        }
        return length;
    }

    private static int text(String text, List<byte[]> parts) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        int length = number(bytes.length, parts) + bytes.length;
        parts.add(bytes);
        return length;
    }

    private static int number(int number, List<byte[]> parts) {
        parts.add(ByteBuffer.allocate(4).putInt(number).array());
        return 4;
    }

    private byte terminalBits() {
        int bits = 0;
        for (int i = 0; i < terminals.length(); i++) {
            bits |= 1 << (terminals.charAt(i) - '0');
        }
        return (byte) bits;
    }

    private int rowsAndColumns() {
        int space = size.indexOf(' ');
        return space < 0
                ? 0
                : (Integer.parseInt(size.substring(0, space)) << 16)
                        | (Integer.parseInt(size.substring(space + 1)) & 0xffff);
    }
}
