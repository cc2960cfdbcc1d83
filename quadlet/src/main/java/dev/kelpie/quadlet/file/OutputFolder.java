package dev.kelpie.quadlet.file;

import dev.kelpie.quadlet.translate.Link;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.function.Consumer;

/// A folder of systemd's for generated units.
public final class OutputFolder {
    private final Path folder;
    private final Consumer<String> debug;
    private final Consumer<String> warnings;

    public OutputFolder(Path folder, Consumer<String> debug, Consumer<String> warnings) {
        this.folder = folder;
        this.debug = debug;
        this.warnings = warnings;
    }

    public void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        debug.accept("writing \"" + file + "\"");
        Files.createDirectories(folder);
        if (Files.isSymbolicLink(file)) { // an alias of another unit: not to be written through
            Files.delete(file);
        }
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }

    /// A link that cannot be made is only told: the unit works without it.
    public void link(Link link) {
        var path = folder.resolve(link.path());
        debug.accept("Creating symlink " + path + " -> " + link.target());
        if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
            warnings.accept("Can't create symlink " + path + ": there is a unit of this name");
            return;
        }
        try {
            Files.createDirectories(path.getParent());
            Files.deleteIfExists(path);
            Files.createSymbolicLink(path, Path.of(link.target()));
        } catch (IOException e) {
            warnings.accept("Can't create symlink " + path + ": " + e.getMessage());
        }
    }
}
