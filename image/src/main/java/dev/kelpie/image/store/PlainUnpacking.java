package dev.kelpie.image.store;

import dev.kelpie.image.BadImageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Unpacks archives that are no layers, as carefully as those.
public final class PlainUnpacking {

    private PlainUnpacking() {}

    /// Unpacks a tar, plain or compressed, into an empty directory; nothing leads out of that.
    public static void unpack(Path archive, Path directory, LayerTrees trees)
            throws InterruptedException {
        try (var tree = trees.open(directory);
                var in =
                        RatioGuard.decompress(
                                Files.newInputStream(archive), UnpackLimits.DEFAULT)) {
            var unpacker = new LayerUnpacker(tree, UnpackLimits.DEFAULT);
            unpacker.unpack(in);
            unpacker.settle(List.of());
        } catch (IOException e) {
            throw new BadImageException("cannot unpack '" + archive + "': " + e.getMessage(), e);
        }
    }
}
