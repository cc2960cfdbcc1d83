package dev.kelpie.runtime.network;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;

/// Who holds a port: socket inodes of `/proc/net/{tcp,udp}[6]`, searched among the open files of
/// all processes we may look into. See proc(5).
final class PortHolder {

    private static final String TCP_LISTEN = "0A";

    private PortHolder() {}

    /// `'nginx' (pid 123)`, or nothing when it cannot be told.
    static String find(Protocol protocol, int port) {
        return find(Path.of("/proc"), Path.of("/proc/self/net"), protocol, port);
    }

    static String find(Path proc, Path net, Protocol protocol, int port) {
        var sockets = new HashSet<String>();
        for (var table : Set.of(protocol.word(), protocol.word() + "6")) {
            sockets.addAll(inodes(read(net.resolve(table)), protocol, port));
        }
        if (sockets.isEmpty()) {
            return "";
        }
        try (var processes = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (var process : processes) {
                if (holds(process, sockets)) {
                    var name = read(process.resolve("comm")).strip();
                    return "'" + name + "' (pid " + process.getFileName() + ")";
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return "";
        }
        return "";
    }

    /// `socket:[INODE]` of each socket of the table that is bound to the port (and listens, if
    /// TCP).
    static Set<String> inodes(String table, Protocol protocol, int port) {
        var found = new HashSet<String>();
        var suffix = ":%04X".formatted(port);
        for (var line : table.lines().skip(1).toList()) {
            var fields = line.strip().split("\\s+", -1);
            if (fields.length > 9
                    && fields[1].endsWith(suffix)
                    && (protocol != Protocol.TCP || fields[3].equals(TCP_LISTEN))) {
                found.add("socket:[" + fields[9] + "]");
            }
        }
        return found;
    }

    private static boolean holds(Path process, Set<String> sockets) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(process.resolve("fd"))) {
            for (var file : files) {
                if (sockets.contains(linkOf(file))) {
                    return true;
                }
            }
        } catch (IOException | UncheckedIOException e) {
            return false; // It ended meanwhile, or is not ours to look into.
        }
        return false;
    }

    private static String linkOf(Path file) {
        try {
            return Files.readSymbolicLink(file).toString();
        } catch (IOException e) {
            return "";
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }
}
