package dev.kelpie.app.command.container;

import dev.kelpie.app.call.CopyTarget;
import dev.kelpie.engine.copy.ContainerTree;
import dev.kelpie.engine.copy.CopyItem;
import dev.kelpie.engine.copy.WriteRule;
import java.io.IOException;
import java.util.Optional;

/// A container as the side that is written to.
public record ContainerTarget(String name, ContainerTree tree, String path, WriteRule rule)
        implements CopyTarget {
    @Override
    public Optional<CopyItem.Kind> lookUp(String at) throws IOException {
        return tree.lookUp(at);
    }

    @Override
    public void write(String directory, Writing writing) throws IOException {
        tree.write(directory, rule, writing::to);
    }

    @Override
    public String missing(String at) {
        return ContainerFiles.missing(at, name);
    }
}
