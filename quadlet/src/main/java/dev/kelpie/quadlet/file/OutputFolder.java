package dev.kelpie.quadlet.file;

import dev.kelpie.quadlet.translate.Link;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;

/// A folder of systemd's for generated units.
public final class OutputFolder {
    private final Path folder;
    private final Consumer<String> debug;
    private final Consumer<String> warnings;

    /// What is in the folder and those below it, as far as they have been asked for: one look at
    /// each spares a few at every file.
    private final Map<Path, Set<String>> taken = new HashMap<>();

    private int inTheWay;

    public OutputFolder(Path folder, Consumer<String> debug, Consumer<String> warnings) {
        this.folder = folder;
        this.debug = debug;
        this.warnings = warnings;
    }

    /// How many of the names were there before, by whomever: of what is written here twice too.
    public int inTheWay() {
        return inTheWay;
    }

    public void write(String name, String text) throws IOException {
        var file = folder.resolve(name);
        debug.accept("writing \"" + file + "\"");
        if (!claim(folder, name) && Files.isSymbolicLink(file)) {
            Files.delete(file); // an alias of another unit: not to be written through
        }
        try (var out = new FileOutputStream(file.toFile())) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
    }

    /// A link that cannot be made is only told: the unit works without it.
    public void link(Link link) {
        var path = folder.resolve(link.path());
        var parent = Objects.requireNonNull(path.getParent(), "a link is below its folder");
        debug.accept("Creating symlink " + path + " -> " + link.target());
        try {
            if (!claim(parent, path.getFileName().toString())) {
                if (Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)) {
                    warnings.accept(
                            "Can't create symlink " + path + ": there is a unit of this name");
                    return;
                }
                Files.deleteIfExists(path);
            }
            Files.createSymbolicLink(path, Path.of(link.target()));
        } catch (IOException e) {
            warnings.accept("Can't create symlink " + path + ": " + e.getMessage());
        }
    }

    /// Whether the name was free in the folder, which is there then; it is not free any more.
    private boolean claim(Path parent, String name) throws IOException {
        var names = taken.get(parent);
        if (names == null) {
            Files.createDirectories(parent);
            names = new HashSet<>(UnitFolders.names(parent, debug));
            taken.put(parent, names);
        }
        boolean free = names.add(name);
        inTheWay += free ? 0 : 1;
        return free;
    }
}
