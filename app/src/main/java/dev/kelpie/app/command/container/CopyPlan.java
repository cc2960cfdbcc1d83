package dev.kelpie.app.command.container;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kelpie.app.call.CommandException;
import dev.kelpie.app.call.CopyTarget;
import dev.kelpie.engine.copy.CopyItem;
import dev.kelpie.engine.copy.CopySink;
import dev.kelpie.image.store.LayerPath;
import dev.kelpie.image.store.RatioGuard;
import dev.kelpie.image.store.UnpackLimits;
import dev.kelpie.image.tar.TarEntry;
import dev.kelpie.image.tar.TarException;
import dev.kelpie.image.tar.TarReader;
import dev.kelpie.runtime.kernel.FileName;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/// Where a copy goes and what it is called there, by the rules of `cp -a` and `docker cp`: into a
/// directory that is there under its own name, else as the name that was given; `SRC/.` is what is
/// in SRC.
public final class CopyPlan {
    private static final String NO_TAR =
            "source must be a (compressed) tar archive when copying from stdin: ";

    private final CopyTarget target;

    public CopyPlan(CopyTarget target) {
        this.target = target;
    }

    /// Copies one file or directory.
    void copy(CopyFiles source, String path) throws IOException {
        var kind = source.lookUp(path);
        if (kind.isEmpty()) {
            throw new CommandException(source.missing(path));
        }
        var directory = kind.get() == CopyItem.Kind.DIRECTORY;
        if (path.endsWith("/") && !directory) {
            throw new CommandException("\"" + path + "\" is not a directory");
        }
        var content = directory && (path.endsWith("/.") || path.equals("."));
        var there =
                target.isStream() ? Optional.<CopyItem.Kind>empty() : target.lookUp(target.path());
        if (target.isStream()) {
            target.write("", sink -> source.read(path, content ? "" : baseName(path), sink));
        } else if (there.filter(CopyItem.Kind.DIRECTORY::equals).isPresent()) {
            target.write(
                    target.path(), sink -> source.read(path, content ? "" : baseName(path), sink));
        } else {
            copyAs(source, path, directory, there.isPresent());
        }
    }

    /// The copy gets the name that was given, in a directory that must be there.
    private void copyAs(CopyFiles source, String path, boolean directory, boolean there)
            throws IOException {
        if (directory && there) {
            throw new CommandException("destination must be a directory when copying a directory");
        }
        if (!directory && target.path().endsWith("/")) {
            throw new CommandException(target.missing(target.path()));
        }
        var whole = target.path().replaceFirst("/+$", "");
        var slash = whole.lastIndexOf('/');
        var parent = slash < 0 ? "." : slash == 0 ? "/" : whole.substring(0, slash);
        if (target.lookUp(parent).filter(CopyItem.Kind.DIRECTORY::equals).isEmpty()) {
            throw new CommandException(target.missing(parent));
        }
        target.write(parent, sink -> source.read(path, whole.substring(slash + 1), sink));
    }

    /// Unpacks a tar stream, plain or compressed.
    public void unpack(InputStream in) throws IOException {
        if (target.lookUp(target.path()).filter(CopyItem.Kind.DIRECTORY::equals).isEmpty()) {
            throw new CommandException("destination must be a directory when copying from stdin");
        }
        try {
            var tar = RatioGuard.decompress(in, UnpackLimits.DEFAULT);
            var reader = new TarReader(new BufferedInputStream(tar, 1 << 16));
            target.write(target.path(), sink -> unpack(reader, sink));
        } catch (TarException | IllegalArgumentException e) {
            throw new CommandException(NO_TAR + e.getMessage());
        }
    }

    private static void unpack(TarReader reader, CopySink sink) throws IOException {
        for (var entry = next(reader); entry.isPresent(); entry = next(reader)) {
            var item = item(entry.get());
            if (item.isPresent()) {
                sink.put(item.get(), reader.content());
            }
        }
        reader.drain();
    }

    private static Optional<TarEntry> next(TarReader reader) {
        try {
            return reader.next();
        } catch (IOException e) {
            throw new CommandException(NO_TAR + e.getMessage());
        }
    }

    private static Optional<CopyItem> item(TarEntry entry) throws TarException {
        var path = name(entry.name());
        var kind =
                switch (entry.type()) {
                    case FILE -> Optional.of(CopyItem.Kind.FILE);
                    case DIRECTORY -> Optional.of(CopyItem.Kind.DIRECTORY);
                    case SYMLINK -> Optional.of(CopyItem.Kind.SYMLINK);
                    case HARD_LINK -> Optional.of(CopyItem.Kind.HARD_LINK);
                    case FIFO -> Optional.of(CopyItem.Kind.FIFO);
                    case CHARACTER_DEVICE, BLOCK_DEVICE -> Optional.<CopyItem.Kind>empty();
                };
        if (entry.type() == TarEntry.Type.FILE && isSparse(entry)) {
            throw new TarException("entry '" + path + "' is sparse, which cp does not support");
        }
        var link =
                switch (entry.type()) {
                    case SYMLINK -> FileName.decode(entry.linkName().getBytes(ISO_8859_1));
                    case HARD_LINK -> name(entry.linkName());
                    default -> "";
                };
        var attributes = entry.attributes();
        return kind.map(is ->
                new CopyItem(
                        path,
                        is,
                        link,
                        entry.size(),
                        attributes.mode(),
                        attributes.uid(),
                        attributes.gid(),
                        attributes.modified()));
    }

    private static boolean isSparse(TarEntry entry) {
        var stretches = entry.stretches();
        return stretches.size() > 1
                || (stretches.isEmpty() && entry.size() > 0)
                || (!stretches.isEmpty() && stretches.getFirst().length() != entry.size());
    }

    /// Refuses `..`; leading slashes and `.` go away.
    private static String name(String raw) {
        return FileName.decode(LayerPath.parse(raw.getBytes(ISO_8859_1)).bytes());
    }

    private static String baseName(String path) {
        var name = Path.of(path).normalize().getFileName();
        return name == null || name.toString().equals("..") ? "" : name.toString();
    }
}
