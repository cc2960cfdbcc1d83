package dev.kelpie.engine.copy;

import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.EntryAttributes;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;

/// Writes entries below a directory of a container. A link that is in an entry's place is replaced,
/// never written through; one on the way leads somewhere inside the root.
final class TreeWriter implements CopySink {
    /// Owner of all that is written, when not what the entry says.
    record Owner(long uid, long gid) {
        Owner under(Optional<IdMappings> owners) {
            return owners.map(ids -> new Owner(ids.user(uid), ids.group(gid))).orElse(this);
        }
    }

    private final RootedDirectory root;
    private final String directory;
    private final Optional<Owner> owner;
    private final boolean overwrite;
    private final byte[] buffer = new byte[1 << 16];

    TreeWriter(RootedDirectory root, String directory, Optional<Owner> owner, boolean overwrite) {
        this.root = root;
        this.directory = directory;
        this.owner = owner;
        this.overwrite = overwrite;
    }

    @Override
    public void put(CopyItem item, InputStream content) throws IOException {
        if (item.path().isEmpty()) {
            return;
        }
        try {
            write(item, content);
        } catch (HostException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private void write(CopyItem item, InputStream content) throws IOException {
        var name = directory + "/" + item.path();
        makeParents(item);
        var there = root.stat(name);
        if (there.isPresent() && item.isDirectory() && isDirectory(name, there.get())) {
            return;
        }
        if (there.isPresent()) {
            makeRoom(name, item, there.get());
        }
        switch (item.kind()) {
            case FILE -> file(name, content);
            case DIRECTORY -> root.makeDirectory(name, 0700);
            case SYMLINK -> root.symlink(item.linkTarget(), name);
            case HARD_LINK -> {
                root.link(directory + "/" + item.linkTarget(), name);
                return;
            }
            case FIFO -> root.makeFifo(name, item.mode());
        }
        root.setAttributes(name, attributes(item));
    }

    /// A tar stream may leave them out.
    private void makeParents(CopyItem item) {
        var slash = item.path().lastIndexOf('/');
        var parent = directory + "/" + item.path().substring(0, Math.max(0, slash));
        if (slash > 0 && root.statFollowing(parent).isEmpty()) {
            root.makeDirectories(parent, 0755);
        }
    }

    /// A link to a directory counts as one, as for mkdir -p.
    private boolean isDirectory(String name, EntryFacts there) {
        return there.isDirectory()
                || (there.type() == EntryType.SYMLINK
                        && root.statFollowing(name).filter(EntryFacts::isDirectory).isPresent());
    }

    private void makeRoom(String name, CopyItem item, EntryFacts there) throws IOException {
        if (there.isDirectory() != item.isDirectory() && !overwrite) {
            throw new IOException(
                    there.isDirectory()
                            ? "cannot overwrite directory '" + name + "' with non-directory"
                            : "cannot overwrite non-directory '" + name + "' with directory");
        }
        root.deleteTree(name);
    }

    private void file(String name, InputStream content) throws IOException {
        try (var channel = root.createFile(name, 0600)) {
            for (int n = content.read(buffer); n >= 0; n = content.read(buffer)) {
                var bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
        }
    }

    private EntryAttributes attributes(CopyItem item) {
        return new EntryAttributes(
                (int) owner.map(Owner::uid).orElse(item.uid()).longValue(),
                (int) owner.map(Owner::gid).orElse(item.gid()).longValue(),
                item.mode(),
                item.modified(),
                Map.of());
    }
}
