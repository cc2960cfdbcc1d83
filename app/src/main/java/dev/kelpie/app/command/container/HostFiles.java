package dev.kelpie.app.command.container;

import dev.kelpie.app.session.ClientFile;
import dev.kelpie.app.session.Session;
import dev.kelpie.engine.copy.CopyItem;
import dev.kelpie.engine.copy.CopySink;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The caller's side as the one that is read.
record HostFiles(Session session) implements CopyFiles {
    private static final int DEEPEST = 512;

    @Override
    public Optional<CopyItem.Kind> lookUp(String path) {
        return session.lookUp(path).map(file -> kind(file.kind()));
    }

    @Override
    public void read(String path, String as, CopySink sink) throws IOException {
        var file = session.lookUp(path);
        if (file.isEmpty()) {
            throw new IOException(missing(path));
        }
        entry(path, as, file.get(), sink, 0);
    }

    private void entry(String path, String as, ClientFile file, CopySink sink, int depth)
            throws IOException {
        var item =
                new CopyItem(
                        as,
                        kind(file.kind()),
                        file.target(),
                        file.size(),
                        file.mode(),
                        Integer.toUnsignedLong(file.uid()),
                        Integer.toUnsignedLong(file.gid()),
                        file.modified());
        switch (file.kind()) {
            case DIRECTORY -> {
                if (depth > DEEPEST) {
                    throw new IOException(
                            "'" + path + "' is nested more than " + DEEPEST + " deep");
                }
                if (!as.isEmpty()) {
                    sink.put(item, InputStream.nullInputStream());
                }
                for (var below : session.listDirectory(path)) {
                    var name = as.isEmpty() ? below.name() : as + "/" + below.name();
                    entry(path + "/" + below.name(), name, below, sink, depth + 1);
                }
            }
            case LINK -> sink.put(item, InputStream.nullInputStream());
            case FILE -> content(path, item, sink);
            case OTHER -> {
                if (depth == 0) {
                    content(path, item, sink); // a pipe or device that was named is read
                }
            }
        }
    }

    private void content(String path, CopyItem item, CopySink sink) throws IOException {
        try (var content = session.openFile(path)) {
            sink.put(item, content);
        }
    }

    private static CopyItem.Kind kind(ClientFile.Kind kind) {
        return switch (kind) {
            case DIRECTORY -> CopyItem.Kind.DIRECTORY;
            case LINK -> CopyItem.Kind.SYMLINK;
            case FILE, OTHER -> CopyItem.Kind.FILE;
        };
    }

    @Override
    public String missing(String path) {
        return "\"" + path + "\" could not be found on the host: no such file or directory";
    }
}
