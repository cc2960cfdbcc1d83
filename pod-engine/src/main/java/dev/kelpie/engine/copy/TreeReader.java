package dev.kelpie.engine.copy;

import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// Hands on what is in a container's tree. Links in it are handed on as links; a name that becomes
/// one meanwhile is still resolved inside the root.
final class TreeReader {
    private static final int DEEPEST = 512;

    private final RootedDirectory root;
    private final CopySink sink;

    TreeReader(RootedDirectory root, CopySink sink) {
        this.root = root;
        this.sink = sink;
    }

    /// @param name inside the root, followed if it is a link
    /// @param as what it is called in the copy; empty: only what is in the directory
    void read(String name, String as) throws IOException {
        var facts = root.statFollowing(name);
        if (facts.isEmpty()) {
            throw new IOException("'" + name + "' has vanished");
        }
        entry(name, as, facts.get(), 0);
    }

    private void entry(String name, String as, EntryFacts facts, int depth) throws IOException {
        var kind = kind(facts);
        if (kind.isEmpty()) {
            return;
        }
        var target = kind.get() == CopyItem.Kind.SYMLINK ? root.readSymlink(name) : "";
        var item =
                new CopyItem(
                        as,
                        kind.get(),
                        target,
                        kind.get() == CopyItem.Kind.FILE ? facts.size() : 0,
                        facts.mode(),
                        facts.uid(),
                        facts.gid(),
                        root.modified(name));
        if (item.isDirectory()) {
            directory(name, item, depth);
        } else if (kind.get() == CopyItem.Kind.FILE) {
            try (var content = root.read(name)) {
                sink.put(item, content);
            }
        } else {
            sink.put(item, InputStream.nullInputStream());
        }
    }

    private void directory(String name, CopyItem item, int depth) throws IOException {
        if (depth > DEEPEST) {
            throw new IOException("'" + name + "' is nested more than " + DEEPEST + " deep");
        }
        if (!item.path().isEmpty()) {
            sink.put(item, InputStream.nullInputStream());
        }
        for (var entry : root.list(name)) {
            var below = item.path().isEmpty() ? entry.name() : item.path() + "/" + entry.name();
            var facts = root.stat(name + "/" + entry.name());
            if (facts.isPresent()) {
                entry(name + "/" + entry.name(), below, facts.get(), depth + 1);
            }
        }
    }

    private static Optional<CopyItem.Kind> kind(EntryFacts facts) {
        return switch (facts.type()) {
            case FILE -> Optional.of(CopyItem.Kind.FILE);
            case DIRECTORY -> Optional.of(CopyItem.Kind.DIRECTORY);
            case SYMLINK -> Optional.of(CopyItem.Kind.SYMLINK);
            case FIFO -> Optional.of(CopyItem.Kind.FIFO);
            case CHARACTER_DEVICE, BLOCK_DEVICE, SOCKET, UNKNOWN -> Optional.empty();
        };
    }
}
