package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.report.FileChange;
import dev.kelpie.engine.report.MountPoint;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// What a container has changed of its image's files: the upper directory of its overlay against
/// the layers. What was made for its mounts does not count.
final class FileChanges {

    /// Made by the OCI runtime and us in every container.
    private static final Set<String> OURS =
            Set.of(
                    "/dev",
                    "/etc/hostname",
                    "/etc/hosts",
                    "/etc/mtab",
                    "/etc/resolv.conf",
                    "/proc",
                    "/run/.containerenv",
                    "/sys");

    private final Path upper;
    private final List<RootedDirectory> layers = new ArrayList<>();
    private final Set<String> hidden = new HashSet<>(OURS);
    private final List<FileChange> found = new ArrayList<>();

    private FileChanges(Path upper) {
        this.upper = upper;
    }

    static List<FileChange> of(Core core, ContainerRow row, List<MountPoint> mounts) {
        var changes = new FileChanges(core.files.upper(row.id()));
        mounts.forEach(mount -> changes.hidden.add(mount.destination()));
        try {
            for (var layer : row.image().layers()) {
                changes.layers.add(RootedDirectory.open(Path.of(layer)));
            }
            changes.walk();
        } catch (IOException e) {
            throw new EngineIoException("cannot compare the files of '" + row.name() + "'", e);
        } finally {
            changes.layers.forEach(RootedDirectory::close);
        }
        return changes.found.stream().sorted(Comparator.comparing(FileChange::path)).toList();
    }

    private void walk() throws IOException {
        if (!Files.isDirectory(upper)) {
            return;
        }
        Files.walkFileTree(
                upper,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes facts)
                            throws IOException {
                        return note(path) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path path, BasicFileAttributes facts)
                            throws IOException {
                        var _ = note(path);
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFileFailed(Path path, IOException e) {
                        return FileVisitResult.CONTINUE; // it has just gone
                    }
                });
    }

    /// False for what is not the container's own doing.
    private boolean note(Path path) throws IOException {
        var name = "/" + upper.relativize(path);
        if (name.equals("/")) {
            return true;
        }
        if (hidden.contains(name)) {
            return false;
        }
        var below = below(name.substring(1));
        if (isWhiteout(path)) {
            found.add(new FileChange(FileChange.Kind.DELETED, name));
        } else {
            found.add(
                    new FileChange(below ? FileChange.Kind.CHANGED : FileChange.Kind.ADDED, name));
        }
        return true;
    }

    private static boolean isWhiteout(Path path) throws IOException {
        var facts = Files.readAttributes(path, "unix:mode,rdev", LinkOption.NOFOLLOW_LINKS);
        int format = ((Integer) facts.getOrDefault("mode", 0)) & 0170000;
        return format == 0020000 && Long.valueOf(0).equals(facts.get("rdev"));
    }

    /// Whether the image has something of that name.
    private boolean below(String name) {
        for (var layer : layers) {
            var there = stat(layer, name);
            if (there.isPresent()) {
                return there.get().type() != EntryType.CHARACTER_DEVICE;
            }
        }
        return false;
    }

    private static Optional<EntryFacts> stat(RootedDirectory layer, String name) {
        try {
            return layer.stat(name);
        } catch (HostException _) {
            return Optional.empty(); // a file where the name has a directory
        }
    }
}
