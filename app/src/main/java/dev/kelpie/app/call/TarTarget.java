package dev.kelpie.app.call;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.kelpie.engine.copy.CopyItem;
import dev.kelpie.image.tar.TarAttributes;
import dev.kelpie.image.tar.TarWriter;
import dev.kelpie.runtime.kernel.FileName;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;

/// Standard output as a tar stream.
public record TarTarget(OutputStream out) implements CopyTarget {
    @Override
    public String path() {
        return "-";
    }

    @Override
    public Optional<CopyItem.Kind> lookUp(String at) {
        return Optional.of(CopyItem.Kind.DIRECTORY);
    }

    @Override
    public void write(String directory, Writing writing) throws IOException {
        try (var tar = new TarWriter(out)) {
            writing.to((item, content) -> put(tar, item, content));
        }
    }

    private static void put(TarWriter tar, CopyItem item, InputStream content) throws IOException {
        var name = latin(item.path());
        var attributes = TarAttributes.of(item.uid(), item.gid(), item.mode(), item.modified());
        switch (item.kind()) {
            case FILE -> tar.file(name, attributes, item.size(), content);
            case DIRECTORY -> tar.directory(name, attributes);
            case SYMLINK -> tar.symlink(name, latin(item.linkTarget()), attributes);
            case HARD_LINK -> tar.hardLink(name, latin(item.linkTarget()), attributes);
            case FIFO -> tar.node('6', name, attributes);
        }
    }

    /// Tar's names are bytes, one a character.
    private static String latin(String name) {
        return new String(FileName.encode(name), ISO_8859_1);
    }

    @Override
    public String missing(String at) {
        return at;
    }

    @Override
    public boolean isStream() {
        return true;
    }
}
