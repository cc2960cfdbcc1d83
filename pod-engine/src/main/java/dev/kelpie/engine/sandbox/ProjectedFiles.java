package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.runtime.kernel.DirectoryEntry;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A directory of files that containers see all change at once, as the kubelet lays out volumes of
/// Secrets and ConfigMaps: `KEY -> ..data/KEY`, `..data -> ..SOMETHING`, and the files in there. A
/// new set is written beside the old one, then one rename puts it in place. What containers left
/// there is never followed.
final class ProjectedFiles {

    /// @param path within the directory
    @SuppressWarnings("ArrayRecordComponent") // bytes to be stored, never compared
    record Content(String path, byte[] bytes, int mode) {}

    private static final String DATA = "..data";
    private static final String NEXT = "..data_next";

    private ProjectedFiles() {}

    /// What is done to new files before anybody sees them.
    @FunctionalInterface
    interface Finish {
        void accept(Path fresh) throws IOException;
    }

    /// Makes the directory, which exists, hold these files and no others; leaves it alone when it
    /// does already, so that who watches it hears of changes only.
    static void write(Path directory, List<Content> files, Finish finish) throws IOException {
        files.forEach(file -> requireInside(file.path()));
        var fresh = ".." + UUID.randomUUID();
        var names = new HashSet<String>();
        try (var root = RootedDirectory.open(directory)) {
            if (holds(root, files)) {
                return;
            }
            root.makeDirectory(fresh, 0755);
            for (var file : files) {
                place(root, fresh + "/" + file.path(), file);
                names.add(file.path().split("/", 2)[0]);
            }
            finish.accept(directory.resolve(fresh));
            root.deleteTree(NEXT);
            root.symlink(fresh, NEXT);
            root.rename(NEXT, DATA);
            for (var name : names) {
                link(root, name);
            }
            removeOthers(root, fresh, names);
        }
    }

    private static boolean holds(RootedDirectory root, List<Content> files) throws IOException {
        var data = root.stat(DATA);
        if (data.isEmpty() || data.get().type() != EntryType.SYMLINK) {
            return false;
        }
        var current = root.readSymlink(DATA);
        var top = new HashSet<>(Set.of(DATA, current));
        int count = 0;
        for (var file : files) {
            if (!isSame(root, current + "/" + file.path(), file.bytes())) {
                return false;
            }
            top.add(file.path().split("/", 2)[0]);
            count++;
        }
        var there = root.list(".").stream().map(DirectoryEntry::name).collect(Collectors.toSet());
        return count == filesBelow(root, current) && there.equals(top);
    }

    private static boolean isSame(RootedDirectory root, String path, byte[] bytes)
            throws IOException {
        var there = root.stat(path);
        if (there.isEmpty()
                || there.get().type() != EntryType.FILE
                || there.get().size() != bytes.length) {
            return false;
        }
        try (var content = root.read(path)) {
            return Arrays.equals(content.readNBytes(bytes.length + 1), bytes);
        }
    }

    private static int filesBelow(RootedDirectory root, String directory) {
        int count = 0;
        for (var entry : root.list(directory)) {
            count +=
                    entry.type() == EntryType.DIRECTORY
                            ? filesBelow(root, directory + "/" + entry.name())
                            : 1;
        }
        return count;
    }

    private static void requireInside(String path) {
        var bad =
                path.isEmpty()
                        || path.startsWith("..")
                        || path.indexOf('\0') >= 0
                        || Stream.of(path.split("/", -1))
                                .anyMatch(part -> Set.of("", ".", "..").contains(part));
        if (bad) {
            throw new InvalidRequestException(
                    "'" + path + "' is no path for a file within a volume");
        }
    }

    private static void place(RootedDirectory root, String path, Content file) throws IOException {
        root.makeDirectories(path.substring(0, path.lastIndexOf('/')), 0755);
        try (var channel = root.createFile(path, file.mode())) {
            var buffer = ByteBuffer.wrap(file.bytes());
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        }
    }

    private static void link(RootedDirectory root, String name) {
        var target = DATA + "/" + name;
        var there = root.stat(name);
        if (there.isPresent()
                && there.get().type() == EntryType.SYMLINK
                && root.readSymlink(name).equals(target)) {
            return;
        }
        root.deleteTree(name);
        root.symlink(target, name);
    }

    private static void removeOthers(RootedDirectory root, String fresh, Set<String> names) {
        for (var entry : root.list(".")) {
            var name = entry.name();
            if (!names.contains(name) && !name.equals(DATA) && !name.equals(fresh)) {
                root.deleteTree(name);
            }
        }
    }
}
