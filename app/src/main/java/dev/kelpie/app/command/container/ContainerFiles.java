package dev.kelpie.app.command.container;

import dev.kelpie.engine.copy.ContainerTree;
import dev.kelpie.engine.copy.CopyItem;
import dev.kelpie.engine.copy.CopySink;
import java.io.IOException;
import java.util.Optional;

/// A container as the side that is read.
record ContainerFiles(String name, ContainerTree tree) implements CopyFiles {
    @Override
    public Optional<CopyItem.Kind> lookUp(String path) throws IOException {
        return tree.lookUp(path);
    }

    @Override
    public void read(String path, String as, CopySink sink) throws IOException {
        tree.read(path, as, sink);
    }

    @Override
    public String missing(String path) {
        return missing(path, name);
    }

    static String missing(String path, String container) {
        return "\"%s\" could not be found on container %s: no such file or directory"
                .formatted(path, container);
    }
}
