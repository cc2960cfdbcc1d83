package dev.kelpie.app.service;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What the host says of itself in `/proc` and `/etc/os-release`.
///
/// @param memoryTotal bytes
/// @param memoryFree bytes
public record HostReading(
        String hostname,
        String kernel,
        String distribution,
        String distributionVersion,
        int processors,
        long memoryTotal,
        long memoryFree) {
    /// Reads it now.
    public static HostReading now() {
        return read(Path.of("/"));
    }

    static HostReading read(Path root) {
        var release = text(root.resolve("etc/os-release"));
        var memory = text(root.resolve("proc/meminfo"));
        return new HostReading(
                text(root.resolve("proc/sys/kernel/hostname")).strip(),
                System.getProperty("os.version", ""),
                entry(release, "ID=", "unknown"),
                entry(release, "VERSION_ID=", "unknown"),
                Runtime.getRuntime().availableProcessors(),
                kilobytes(entry(memory, "MemTotal:", "0")),
                kilobytes(entry(memory, "MemFree:", "0")));
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
