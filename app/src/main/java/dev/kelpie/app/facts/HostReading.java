package dev.kelpie.app.facts;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What the host says of itself in `/proc` and `/etc/os-release`.
public record HostReading(
        String hostname,
        String kernel,
        int processors,
        Distribution distribution,
        Memory memory,
        Duration uptime) {

    /// What runs there, as os-release(5) names it; `codename` may be empty.
    public record Distribution(String name, String version, String codename) {}

    /// Bytes of it.
    public record Memory(long total, long free, long swapTotal, long swapFree) {}

    /// Reads it now.
    public static HostReading now() {
        return read(Path.of("/"));
    }

    static HostReading read(Path root) {
        return new HostReading(
                text(root.resolve("proc/sys/kernel/hostname")).strip(),
                System.getProperty("os.version", ""),
                Runtime.getRuntime().availableProcessors(),
                distribution(text(root.resolve("etc/os-release"))),
                memory(text(root.resolve("proc/meminfo"))),
                uptime(text(root.resolve("proc/uptime"))));
    }

    private static Distribution distribution(String release) {
        return new Distribution(
                entry(release, "ID=", "unknown"),
                entry(release, "VERSION_ID=", "unknown"),
                entry(release, "VERSION_CODENAME=", ""));
    }

    private static Memory memory(String text) {
        return new Memory(
                kilobytes(entry(text, "MemTotal:", "0")),
                kilobytes(entry(text, "MemFree:", "0")),
                kilobytes(entry(text, "SwapTotal:", "0")),
                kilobytes(entry(text, "SwapFree:", "0")));
    }

    private static Duration uptime(String text) {
        var seconds = text.replaceFirst("[. ].*", "").strip();
        return seconds.matches("\\d{1,12}")
                ? Duration.ofSeconds(Long.parseLong(seconds))
                : Duration.ZERO;
    }

    private static String entry(String text, String key, String otherwise) {
        return text.lines()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("\"", "").strip())
                .findFirst()
                .orElse(otherwise);
    }

    private static long kilobytes(String text) {
        var digits = text.replaceAll("\\D", "");
        return digits.isEmpty() || digits.length() > 15 ? 0 : Long.parseLong(digits) * 1024;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException _) {
            return "";
        }
    }
}
