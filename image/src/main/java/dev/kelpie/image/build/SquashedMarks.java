package dev.kelpie.image.build;

import dev.kelpie.image.store.LayerTrees;
import dev.kelpie.image.tar.TarAttributes;
import dev.kelpie.image.tar.TarWriter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;

/// What several layers hide of those below them: whiteouts and opaque marks for the one layer that
/// they become.
final class SquashedMarks {

    private static final TarAttributes MARK = TarAttributes.of(0, 0, 0644, Instant.EPOCH);

    private final LayerTrees trees;
    private final List<Path> layers;
    private final Path merged;
    private final TreeSet<String> marks = new TreeSet<>();

    /// @param merged what the layers come to together
    SquashedMarks(LayerTrees trees, List<Path> layers, Path merged) {
        this.trees = trees;
        this.layers = layers;
        this.merged = merged;
    }

    void writeTo(TarWriter tar) throws IOException {
        for (var layer : layers) {
            collect(layer, "");
        }
        for (var mark : marks) {
            var name =
                    new String(mark.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
            tar.file(name, MARK, 0, InputStream.nullInputStream());
        }
    }

    private void collect(Path layer, String directory) throws IOException {
        try (var entries = Files.newDirectoryStream(layer.resolve(directory))) {
            for (var entry : entries) {
                var name = String.valueOf(entry.getFileName());
                var path = directory.isEmpty() ? name : directory + "/" + name;
                if (LowerView.isWhiteout(entry)) {
                    hide(directory, name, path);
                } else if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
                    if (trees.isOpaque(entry) && isDirectory(path)) {
                        marks.add(path + "/.wh..wh..opq");
                    }
                    collect(layer, path);
                }
            }
        }
    }

    /// A name that a higher layer has again hides what is below by itself, unless both are
    /// directories.
    private void hide(String directory, String name, String path) {
        if (isDirectory(path)) {
            marks.add(path + "/.wh..wh..opq");
        } else if (!Files.exists(merged.resolve(path), LinkOption.NOFOLLOW_LINKS)
                && (directory.isEmpty() || isDirectory(directory))) {
            marks.add((directory.isEmpty() ? "" : directory + "/") + ".wh." + name);
        }
    }

    private boolean isDirectory(String path) {
        return Files.isDirectory(merged.resolve(path), LinkOption.NOFOLLOW_LINKS);
    }
}
