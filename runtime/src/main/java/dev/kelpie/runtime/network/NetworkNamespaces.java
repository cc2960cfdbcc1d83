package dev.kelpie.runtime.network;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.kernel.Mounts;
import dev.kelpie.runtime.kernel.NetnsFile;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Named network namespaces of an engine root: files in one directory with a namespace mounted on
/// each, living on their own, whatever becomes of the processes in them.
public final class NetworkNamespaces {

    private static final int UNLINK_TRIES = 50;
    private static final long UNLINK_PAUSE_MILLIS = 20;

    private final Path directory;

    /// @param directory below the run root; made when first needed
    public NetworkNamespaces(Path directory) {
        this.directory = directory.toAbsolutePath();
    }

    /// The file of a namespace, whether it exists or not.
    public Path path(String name) {
        if (!Names.isName(name)) {
            throw new IllegalArgumentException("bad namespace name: '" + name + "'");
        }
        return directory.resolve(name);
    }

    /// Makes a namespace with `lo` up and gives the file it is mounted on; a left-over of the same
    /// name is replaced.
    public Path create(String name) throws InterruptedException {
        var file = path(name);
        try {
            Files.createDirectories(directory);
            makeEmpty(file);
            var done = false;
            try {
                NetnsFile.create(file);
                done = true;
            } finally {
                if (!done) {
                    Files.deleteIfExists(file);
                }
            }
            return file;
        } catch (IOException e) {
            throw new FileAccessException(
                    "cannot make namespace file '" + file + "': " + e.getMessage(), e);
        }
    }

    /// Unmounts and removes the file; processes inside keep the namespace until they end. No error
    /// when it is not there.
    public void delete(String name) throws InterruptedException {
        var file = path(name);
        Mounts.unmount(file);
        for (var i = 1; ; i++) {
            try {
                Files.deleteIfExists(file);
                return;
            } catch (FileSystemException e) {
                // Somebody may be mounting or looking just now: EBUSY passes.
                if (i == UNLINK_TRIES) {
                    throw cannotRemove(file, e);
                }
            } catch (IOException e) {
                throw cannotRemove(file, e);
            }
            Thread.sleep(UNLINK_PAUSE_MILLIS);
            Mounts.unmount(file);
        }
    }

    /// Whether a namespace is mounted there (not just an empty file left by a reboot).
    public boolean isAlive(String name) {
        return NetnsFile.isNamespace(path(name));
    }

    /// Names of all files, left-overs included, sorted.
    public List<String> list() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (var files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        } catch (IOException e) {
            throw new FileAccessException("cannot list '" + directory + "'", e);
        }
    }

    private void makeEmpty(Path file) throws IOException, InterruptedException {
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            delete(file.getFileName().toString());
            Files.createFile(file);
        }
    }

    private static FileAccessException cannotRemove(Path file, IOException cause) {
        return new FileAccessException(
                "cannot remove namespace file '" + file + "': " + cause.getMessage(), cause);
    }
}
