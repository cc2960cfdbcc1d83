package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.sandbox.HostKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/// Layers shown as one directory for a while, where nobody but the engine looks. One that a killed
/// service leaves is swept away as builds are.
final class MergedLayers implements AutoCloseable {

    private final HostKernel kernel;
    private final Path directory;

    private MergedLayers(HostKernel kernel, Path directory) {
        this.kernel = kernel;
        this.directory = directory;
    }

    /// @param layers the top one first
    static MergedLayers show(Core core, List<Path> layers) {
        var shown =
                new MergedLayers(
                        core.parts.kernel(), core.files.runBuild("tree-" + UUID.randomUUID()));
        try {
            merge(shown.kernel, layers, shown.place());
            return shown;
        } catch (IOException e) {
            shown.close();
            throw new EngineIoException("cannot show an image's files", e);
        } catch (RuntimeException e) {
            shown.close();
            throw e;
        }
    }

    /// Shows layers on `place` for nobody to write to, however few they are.
    static void merge(HostKernel kernel, List<Path> layers, Path place) throws IOException {
        Files.createDirectories(place);
        var lowers = new ArrayList<>(layers);
        while (lowers.size() < 2) {
            lowers.add(Files.createDirectories(place.resolveSibling("empty-" + lowers.size())));
        }
        kernel.merge(lowers, place);
    }

    Path place() {
        return directory.resolve("merged");
    }

    @Override
    public void close() {
        kernel.unmount(place());
        try {
            kernel.removeTree(directory);
        } catch (IOException e) {
            throw new EngineIoException("cannot clean up behind an image's files", e);
        }
    }
}
