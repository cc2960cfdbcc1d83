package dev.kelpie.runtime.cgroup;

import dev.kelpie.runtime.CgroupException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Plain file work in one mounted hierarchy, the same for v1 and v2.
record CgroupTree(Path mount) {

    private static final int REMOVE_TRIES = 50;

    /// The group's folder; the path may not climb out of the hierarchy.
    Path folder(String path) {
        var folder = mount.resolve(path.replaceFirst("^/+", "")).normalize();
        if (!path.startsWith("/") || !folder.startsWith(mount) || folder.equals(mount)) {
            throw new IllegalArgumentException("cgroup path '" + path + "' is not below the root");
        }
        return folder;
    }

    boolean exists(String path) {
        return Files.isDirectory(folder(path));
    }

    /// The folders from the first below the root down to the group itself.
    List<Path> chain(String path) {
        var chain = new ArrayList<Path>();
        var at = mount;
        for (var name : mount.relativize(folder(path))) {
            at = at.resolve(name);
            chain.add(at);
        }
        return chain;
    }

    void write(Path file, String value) {
        try {
            Files.writeString(file, value);
        } catch (IOException e) {
            throw new CgroupException(
                    "cannot write '" + value + "' to '" + file + "': " + reason(e), e);
        }
    }

    Optional<String> read(Path file) {
        try {
            return Optional.of(Files.readString(file).strip());
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    Optional<Long> number(Path file) {
        return read(file).filter(text -> text.matches("[0-9]{1,18}")).map(Long::parseLong);
    }

    /// The number behind a key in a file of lines like `inactive_file 4096`; 0 when there is none.
    long entry(Path folder, String file, String key) {
        return read(folder.resolve(file)).stream()
                .flatMap(String::lines)
                .filter(line -> line.matches(key + " [0-9]{1,18}"))
                .mapToLong(line -> Long.parseLong(line.substring(key.length() + 1)))
                .findFirst()
                .orElse(0);
    }

    void makeFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new CgroupException("cannot make cgroup '" + folder + "': " + reason(e), e);
        }
    }

    /// The group and everything below it, deepest first; nothing if it does not exist.
    List<Path> deepestFirst(String path) {
        var found = new ArrayList<Path>();
        try {
            Files.walkFileTree(
                    folder(path),
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFileFailed(Path file, IOException e) {
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult preVisitDirectory(
                                Path folder, BasicFileAttributes facts) {
                            found.addFirst(folder);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new CgroupException("cannot list cgroup '" + folder(path) + "': " + reason(e), e);
        }
        found.sort((a, b) -> b.getNameCount() - a.getNameCount());
        return found;
    }

    List<Integer> processes(String path) {
        var pids = new ArrayList<Integer>();
        for (var folder : deepestFirst(path)) {
            read(folder.resolve("cgroup.procs")).stream()
                    .flatMap(String::lines)
                    .filter(line -> line.matches("[1-9][0-9]{0,8}"))
                    .forEach(line -> pids.add(Integer.valueOf(line)));
        }
        return pids;
    }

    /// A group stays busy for a moment after its last process ended: try again, in all for about a
    /// second.
    void remove(String path) throws InterruptedException {
        for (var folder : deepestFirst(path)) {
            for (int tries = 1; !removed(folder, tries == REMOVE_TRIES); tries++) {
                Thread.sleep(Math.min(tries, 25));
            }
        }
    }

    private boolean removed(Path folder, boolean lastTry) {
        try {
            Files.delete(folder);
            return true;
        } catch (NoSuchFileException _) {
            return true;
        } catch (IOException e) {
            if (lastTry) {
                throw new CgroupException("cannot remove cgroup '" + folder + "': " + reason(e), e);
            }
            return false;
        }
    }

    private static String reason(IOException e) {
        var reason = e instanceof FileSystemException known ? known.getReason() : null;
        return reason == null ? String.valueOf(e.getMessage()) : reason;
    }
}
