package dev.kelpie.app.call;

import dev.kelpie.app.session.ClientFile;
import dev.kelpie.app.session.NewFile;
import dev.kelpie.app.session.Session;
import dev.kelpie.engine.copy.CopyItem;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/// The caller's side as the one that is written to: the caller makes the files, and they are
/// theirs.
public record HostTarget(Session session, String path, boolean overwrite) implements CopyTarget {
    @Override
    public Optional<CopyItem.Kind> lookUp(String at) {
        return session.lookUp(at)
                .map(file ->
                        file.kind() == ClientFile.Kind.DIRECTORY
                                ? CopyItem.Kind.DIRECTORY
                                : CopyItem.Kind.FILE);
    }

    @Override
    public void write(String directory, Writing writing) throws IOException {
        writing.to((item, content) -> put(directory, item, content));
    }

    private void put(String directory, CopyItem item, InputStream content) throws IOException {
        var kind =
                switch (item.kind()) {
                    case FILE -> ClientFile.Kind.FILE;
                    case DIRECTORY -> ClientFile.Kind.DIRECTORY;
                    case SYMLINK -> ClientFile.Kind.LINK;
                    case HARD_LINK, FIFO -> ClientFile.Kind.OTHER;
                };
        if (kind == ClientFile.Kind.OTHER || item.path().isEmpty()) {
            return;
        }
        var file =
                new NewFile(
                        directory + "/" + item.path(),
                        kind,
                        item.linkTarget(),
                        item.mode(),
                        item.modified(),
                        overwrite);
        try (var out = session.make(file)) {
            content.transferTo(out);
        }
    }

    @Override
    public String missing(String at) {
        return "\"" + at + "\" could not be found on the host: no such file or directory";
    }
}
