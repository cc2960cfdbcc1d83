package dev.kelpie.client;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Opens, lists and looks up files for the service, as the user who typed their names would. Runs
/// on the reading thread; each opened file is read on a thread of its own.
final class FileServer {
    /// Room kept in a listing for one more entry: a name has at most 255 bytes.
    private static final int LARGEST_ENTRY = 1 + 4 + 255 * 4 + 8 + 4 + 4 + 4 + 8 + 4 + 4096;

    private final Connection connection;
    private final Map<Integer, SourcePump> open = new HashMap<>();

    FileServer(Connection connection) {
        this.connection = connection;
    }

    void open(int request, String name) {
        try {
            var path = path(name);
            if (Files.isDirectory(path)) {
                refuse(request, "is a directory");
                return;
            }
            var pump = new SourcePump(connection, request, Files.newInputStream(path));
            open.put(request, pump);
            connection.send(Connection.frame(Frames.OPENED, 4).putInt(request));
            pump.start();
        } catch (IOException e) {
            refuse(request, FileErrors.reason(e));
        } catch (InvalidPathException _) {
            refuse(request, FileErrors.NOT_FOUND);
        }
    }

    void grant(int request, int bytes) {
        var pump = open.get(request);
        if (pump != null) {
            pump.grant(bytes);
        }
    }

    void close(int request) {
        var pump = open.remove(request);
        if (pump != null) {
            pump.stopReading();
        }
    }

    private static Path path(String name) throws NoSuchFileException {
        if (name.isEmpty()) {
            throw new NoSuchFileException(name);
        }
        return Path.of(name);
    }

    void list(int request, String name) {
        var listing = listing(request);
        try (var files = Files.newDirectoryStream(path(name))) {
            for (var file : files) {
                if (listing.remaining() < LARGEST_ENTRY) {
                    send(listing, false);
                    listing = listing(request);
                }
                describe(listing, file, LinkOption.NOFOLLOW_LINKS);
            }
        } catch (IOException e) {
            refuse(request, FileErrors.reason(e));
            return;
        } catch (InvalidPathException _) {
            refuse(request, FileErrors.NOT_FOUND);
            return;
        }
        send(listing, true);
    }

    void lookUp(int request, String name) {
        var listing = listing(request);
        try {
            describe(listing, path(name));
        } catch (IOException e) {
            refuse(request, FileErrors.reason(e));
            return;
        } catch (InvalidPathException _) {
            refuse(request, FileErrors.NOT_FOUND);
            return;
        }
        send(listing, true);
    }

    private static ByteBuffer listing(int request) {
        return ByteBuffer.allocate(Frames.CHUNK).putInt(request).put((byte) 0);
    }

    private void send(ByteBuffer listing, boolean last) {
        listing.put(4, (byte) (last ? 1 : 0));
        listing.flip();
        connection.send(Connection.frame(Frames.LISTING, listing.remaining()).put(listing));
    }

    private static void describe(ByteBuffer listing, Path file, LinkOption... options)
            throws IOException {
        int mode = (Integer) Files.getAttribute(file, "unix:mode", options);
        long size = (Long) Files.getAttribute(file, "unix:size", options);
        var fileName = file.getFileName();
        byte[] name = String.valueOf(fileName).getBytes(StandardCharsets.UTF_8);
        listing.put(kind(mode)).putInt(name.length).put(name);
        listing.putLong(size).putInt(mode & 07777);
        listing.putInt((Integer) Files.getAttribute(file, "unix:uid", options));
        listing.putInt((Integer) Files.getAttribute(file, "unix:gid", options));
        long modified = Files.getLastModifiedTime(file, options).to(TimeUnit.SECONDS);
        listing.putLong(Math.max(0, modified));
        var target = kind(mode) == 'l' ? Files.readSymbolicLink(file).toString() : "";
        byte[] link = target.getBytes(StandardCharsets.UTF_8);
        listing.putInt(link.length).put(link);
    }

    /// The letters of `ls -l`; the bits are those of `inode(7)`.
    private static byte kind(int mode) {
        return switch (mode & 0170000) {
            case 0100000 -> '-';
            case 0040000 -> 'd';
            case 0120000 -> 'l';
            default -> '?';
        };
    }

    private void refuse(int request, String reason) {
        byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
        connection.send(
                Connection.frame(Frames.REFUSED, 4 + bytes.length).putInt(request).put(bytes));
    }
}
