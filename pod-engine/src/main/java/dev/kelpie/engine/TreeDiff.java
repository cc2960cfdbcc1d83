package dev.kelpie.engine;

import dev.kelpie.engine.report.FileChange;
import dev.kelpie.runtime.kernel.DirectoryEntry;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;

/// Compares two trees of files. A directory is changed when its mode or owner is, or when names
/// came or went in it.
final class TreeDiff {

    private static final int BUFFER = 1 << 16;

    private final RootedDirectory before;
    private final RootedDirectory after;
    private final List<FileChange> changes = new ArrayList<>();

    TreeDiff(RootedDirectory before, RootedDirectory after) {
        this.before = before;
        this.after = after;
    }

    /// In the order of the paths.
    List<FileChange> changes() throws IOException, InterruptedException {
        directory("");
        changes.sort(Comparator.comparing(FileChange::path));
        return List.copyOf(changes);
    }

    /// Whether names came or went.
    private boolean directory(String path) throws IOException, InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        var names = new TreeMap<String, Boolean>();
        before.list(path.isEmpty() ? "." : path).forEach(old -> names.put(old.name(), true));
        after.list(path.isEmpty() ? "." : path)
                .forEach(now -> names.putIfAbsent(now.name(), false));
        var otherNames = false;
        for (var name : names.keySet()) {
            var child = path + "/" + name;
            otherNames |= entry(child);
        }
        return otherNames;
    }

    private boolean entry(String path) throws IOException, InterruptedException {
        var old = before.stat(path);
        var now = after.stat(path);
        if (now.isEmpty()) {
            old.ifPresent(any -> changes.add(new FileChange(FileChange.Kind.DELETED, path)));
            return old.isPresent();
        }
        if (old.isEmpty()) {
            added(path, now.get());
            return true;
        }
        if (old.get().isDirectory() && now.get().isDirectory()) {
            var otherNames = directory(path);
            if (otherNames || !sameOwner(old.get(), now.get())) {
                changes.add(new FileChange(FileChange.Kind.CHANGED, path));
            }
        } else if (!same(path, old.get(), now.get())) {
            changes.add(new FileChange(FileChange.Kind.CHANGED, path));
            if (now.get().isDirectory()) {
                below(path);
            }
        }
        return false;
    }

    private void added(String path, EntryFacts facts) {
        changes.add(new FileChange(FileChange.Kind.ADDED, path));
        if (facts.isDirectory()) {
            below(path);
        }
    }

    private void below(String path) {
        for (DirectoryEntry entry : after.list(path)) {
            var child = path + "/" + entry.name();
            after.stat(child).ifPresent(facts -> added(child, facts));
        }
    }

    private static boolean sameOwner(EntryFacts old, EntryFacts now) {
        return old.mode() == now.mode() && old.uid() == now.uid() && old.gid() == now.gid();
    }

    private boolean same(String path, EntryFacts old, EntryFacts now) throws IOException {
        if (old.type() != now.type()
                || !sameOwner(old, now)
                || old.size() != now.size()
                || !old.device().equals(now.device())) {
            return false;
        }
        if (old.inode().number() == now.inode().number()) {
            return before.modified(path).equals(after.modified(path));
        }
        return switch (now.type()) {
            case FILE -> before.modified(path).equals(after.modified(path)) && sameBytes(path);
            case SYMLINK -> before.readSymlink(path).equals(after.readSymlink(path));
            default -> true;
        };
    }

    private boolean sameBytes(String path) throws IOException {
        try (var left = before.read(path);
                var right = after.read(path)) {
            while (true) {
                var old = left.readNBytes(BUFFER);
                if (!Arrays.equals(old, right.readNBytes(BUFFER))) {
                    return false;
                }
                if (old.length == 0) {
                    return true;
                }
            }
        }
    }
}
