package dev.kelpie.client;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Makes files, directories and links for the service, only at or below what a word of the command
/// line names, and through no link that lies on the way from there: what is copied out of a
/// container comes from an enemy. Runs on the reading thread.
final class FileMaker {
    private static final int CREDIT_STEP = 16 * 1024;

    private final Connection connection;
    private final List<Path> places = new ArrayList<>();
    private final Map<Integer, Making> open = new HashMap<>();
    private final byte[] chunk = new byte[Frames.CHUNK];

    FileMaker(Connection connection, List<String> words) {
        this.connection = connection;
        for (var word : words) {
            var value = value(word);
            addPlace(value);
            for (var field : value.split(",", -1)) {
                if (field.startsWith("dest=")) {
                    addPlace(field.substring("dest=".length()));
                }
            }
        }
    }

    /// What a word says: `--flag=VALUE` and `-oVALUE` too name a place.
    private static String value(String word) {
        if (word.startsWith("--")) {
            return word.substring(word.indexOf('=') < 0 ? word.length() : word.indexOf('=') + 1);
        }
        if (word.startsWith("-")) {
            return word.startsWith("-o") ? word.substring(2) : "";
        }
        return word;
    }

    private void addPlace(String word) {
        try {
            if (!word.isEmpty()) {
                places.add(absolute(Path.of(word)));
            }
        } catch (InvalidPathException _) {
            // not a file's name, so nothing will be made there
        }
    }

    private static Path absolute(Path path) {
        return path.toAbsolutePath().normalize();
    }

    /// A file whose content is coming.
    private static final class Making {
        private final Path path;
        private final OutputStream out;
        private final int mode;
        private final long modified;
        private int written;
        private String failure = "";

        Making(Path path, OutputStream out, int mode, long modified) {
            this.path = path;
            this.out = out;
            this.mode = mode;
            this.modified = modified;
        }
    }

    void make(ByteBuffer payload) {
        int request = payload.getInt();
        byte kind = payload.get();
        int mode = payload.getInt() & 07777;
        long modified = payload.getLong();
        boolean overwrite = payload.get() != 0;
        var name = text(payload, payload.getInt());
        var target = text(payload, payload.remaining());
        try {
            var path = allowed(name);
            switch (kind) {
                case 'd' -> directory(path, mode, overwrite);
                case 'l' -> link(path, target, overwrite);
                default -> {
                    var out = file(path, overwrite);
                    open.put(request, new Making(path, out, mode, modified));
                }
            }
            connection.send(Connection.frame(Frames.OPENED, 4).putInt(request));
        } catch (IOException e) {
            refuse(request, FileErrors.reason(e));
        } catch (InvalidPathException _) {
            refuse(request, FileErrors.NOT_FOUND);
        }
    }

    /// The path, when it is one that the user named or below.
    private Path allowed(String name) throws IOException {
        var path = absolute(Path.of(name));
        for (var place : places) {
            if (path.startsWith(place)) {
                requireNoLinks(place, path);
                return path;
            }
        }
        throw new FileSystemException(name, null, "the command line names no such place");
    }

    private static void requireNoLinks(Path place, Path path) throws IOException {
        var at = place;
        for (var part : place.relativize(path)) {
            if (!at.equals(place) && Files.isSymbolicLink(at)) {
                throw new FileSystemException(at.toString(), null, "a link is in the way");
            }
            at = at.resolve(part);
        }
    }

    private static void directory(Path path, int mode, boolean overwrite) throws IOException {
        if (Files.isDirectory(path, NOFOLLOW_LINKS)) {
            return;
        }
        if (Files.exists(path, NOFOLLOW_LINKS)) {
            if (!overwrite) {
                throw new FileSystemException(
                        path.toString(), null, "cannot overwrite non-directory with directory");
            }
            Files.delete(path);
        }
        Files.createDirectory(path);
        setMode(path, mode | 0700);
    }

    private static void link(Path path, String target, boolean overwrite) throws IOException {
        makeRoom(path, overwrite);
        Files.createSymbolicLink(path, Path.of(target));
    }

    /// A device that the user named, such as a terminal, is written to; anything else is made anew.
    private OutputStream file(Path path, boolean overwrite) throws IOException {
        var special = Files.exists(path) && !Files.isRegularFile(path) && !Files.isDirectory(path);
        if (special && places.contains(path)) {
            return Files.newOutputStream(path, StandardOpenOption.WRITE);
        }
        makeRoom(path, overwrite);
        return Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    private static void makeRoom(Path path, boolean overwrite) throws IOException {
        if (!Files.isDirectory(path, NOFOLLOW_LINKS)) {
            Files.deleteIfExists(path);
            return;
        }
        if (!overwrite) {
            throw new FileSystemException(
                    path.toString(), null, "cannot overwrite directory with non-directory");
        }
        try (var all = Files.walk(path)) {
            for (var each : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    void write(int request, ByteBuffer bytes) throws IOException {
        var making = open.get(request);
        if (making == null) {
            throw new IOException("bytes for unknown stream " + request);
        }
        making.written += bytes.remaining();
        try {
            while (making.failure.isEmpty() && bytes.hasRemaining()) {
                int count = Math.min(bytes.remaining(), chunk.length);
                bytes.get(chunk, 0, count);
                making.out.write(chunk, 0, count);
            }
        } catch (IOException e) {
            making.failure = FileErrors.reason(e);
        }
        if (making.written >= CREDIT_STEP) {
            connection.send(
                    Connection.frame(Frames.CREDIT, 8).putInt(request).putInt(making.written));
            making.written = 0;
        }
    }

    void end(int request) throws IOException {
        var making = open.remove(request);
        if (making == null) {
            throw new IOException("end of unknown stream " + request);
        }
        try {
            making.out.close();
            if (making.failure.isEmpty() && Files.isRegularFile(making.path, NOFOLLOW_LINKS)) {
                setMode(making.path, making.mode);
                Files.setLastModifiedTime(
                        making.path, FileTime.from(making.modified, TimeUnit.SECONDS));
            }
        } catch (IOException e) {
            making.failure = FileErrors.reason(e);
        }
        if (making.failure.isEmpty()) {
            connection.send(Connection.frame(Frames.OPENED, 4).putInt(request));
        } else {
            refuse(request, making.failure);
        }
    }

    private static void setMode(Path path, int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode, NOFOLLOW_LINKS);
    }

    private static String text(ByteBuffer payload, int length) {
        var bytes = new byte[length];
        payload.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private void refuse(int request, String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        connection.send(
                Connection.frame(Frames.REFUSED, 4 + bytes.length).putInt(request).put(bytes));
    }
}
