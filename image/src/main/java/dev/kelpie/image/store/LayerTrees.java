package dev.kelpie.image.store;

import java.io.IOException;
import java.nio.file.Path;

/// Opens layer directories for filling, and deletes them. Used by many threads at once.
public interface LayerTrees {

    /// Fills `directory`, which exists, is empty and belongs to nobody else.
    LayerTree open(Path directory) throws IOException;

    /// Deletes a tree whole, crossing no mount and following no link; a missing one is no error.
    void delete(Path directory) throws IOException;
}
