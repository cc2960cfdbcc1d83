package dev.kelpie.image.build;

import dev.kelpie.image.tar.TarAttributes;
import dev.kelpie.image.tar.TarWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/// Writes what COPY or ADD found as a layer; the same files give the same bytes.
final class LayerTar {

    private LayerTar() {}

    static void write(CopyStep step, Optional<Instant> newest, OutputStream out)
            throws IOException {
        try (var tar = new TarWriter(out)) {
            for (var item : step.items().values()) {
                write(item, tar);
            }
            for (var archive : step.archives()) {
                new AddedTar(archive.archive(), archive.directory(), step.givenOwner(), newest)
                        .writeTo(tar);
            }
        }
    }

    /// Directories and links alone.
    static void write(Map<String, CopyItem> items, OutputStream out) throws IOException {
        try (var tar = new TarWriter(out)) {
            for (var item : items.values()) {
                write(item, tar);
            }
        }
    }

    private static void write(CopyItem item, TarWriter tar) throws IOException {
        var name = latin(item.path());
        var attributes =
                new TarAttributes(
                        item.owner().uid(),
                        item.owner().gid(),
                        item.mode(),
                        item.modified().truncatedTo(ChronoUnit.SECONDS),
                        item.xattrs());
        switch (item.kind()) {
            case DIRECTORY -> tar.directory(name, attributes);
            case LINK -> tar.symlink(name, latin(item.linkTarget()), attributes);
            case FIFO -> tar.node('6', name, attributes);
            case FILE -> {
                var source = item.source().orElseThrow();
                try (var in = Files.newInputStream(source, LinkOption.NOFOLLOW_LINKS)) {
                    tar.file(name, attributes, Files.size(source), in);
                }
            }
        }
    }

    private static String latin(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }
}
