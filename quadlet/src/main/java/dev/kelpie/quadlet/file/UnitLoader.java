package dev.kelpie.quadlet.file;

import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.UnitName;
import dev.kelpie.quadlet.unit.UnitFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// Reads the unit files of folders with their drop-ins. Of files with one name the first folder's
/// counts; a link to `/dev/null` hides a name altogether.
public final class UnitLoader {
    /// Far more than any unit has, far less than what would be felt.
    private static final long MOST_BYTES = 1 << 20;

    private static final Path NULL = Path.of("/dev/null");

    private final List<Path> folders;
    private final Consumer<String> debug;
    private final BiConsumer<Path, String> errors;

    /// @param errors hears of each file that cannot be used, and why
    public UnitLoader(List<Path> folders, Consumer<String> debug, BiConsumer<Path, String> errors) {
        this.folders = folders;
        this.debug = debug;
        this.errors = errors;
    }

    public List<Unit> load() {
        var units = new ArrayList<Unit>();
        Set<String> seen = new HashSet<>();
        for (var folder : folders) {
            for (var file : UnitFolders.names(folder, debug)) {
                var name = UnitName.parse(file);
                if (name.isPresent() && seen.add(file)) {
                    load(name.get(), folder.resolve(file)).ifPresent(units::add);
                }
            }
        }
        return units;
    }

    /// One unit file with its drop-ins; empty when it is hidden or cannot be read at all.
    public Optional<Unit> load(UnitName name, Path path) {
        debug.accept("Loading source unit file " + path);
        var read = read(path);
        if (read.isEmpty()) {
            return Optional.empty();
        }
        var file = read.get();
        for (var fault : file.faults()) {
            errors.accept(path, fault.message());
            break;
        }
        for (var dropIn : dropIns(name).values()) {
            debug.accept("Loading source drop-in file " + dropIn);
            var more = read(dropIn);
            if (more.isPresent() && more.get().faults().isEmpty()) {
                file.merge(more.get());
            } else if (more.isPresent()) {
                errors.accept(dropIn, more.get().faults().getFirst().message());
            }
        }
        return Optional.of(new Unit(name, path, file));
    }

    private Optional<UnitFile> read(Path path) {
        try {
            if (path.toRealPath().equals(NULL)) {
                return Optional.empty();
            }
            if (!Files.isRegularFile(path)) {
                throw new IOException("not a regular file");
            }
            if (Files.size(path) > MOST_BYTES) {
                throw new IOException("larger than " + MOST_BYTES + " bytes");
            }
            var text = new String(Files.readAllBytes(path), StandardCharsets.UTF_8);
            return Optional.of(UnitFile.parse(path.toString(), text));
        } catch (IOException e) {
            var reason = String.valueOf(e.getMessage());
            errors.accept(path, (reason.equals(path.toString()) ? "it cannot be read" : reason));
            return Optional.empty();
        }
    }

    /// The drop-ins that count, by file name.
    public Map<String, Path> dropIns(UnitName name) {
        var found = new TreeMap<String, Path>();
        for (var dropInFolder : dropInFolders(name)) {
            for (var folder : folders) {
                var here = folder.resolve(dropInFolder);
                if (!Files.isDirectory(here)) {
                    continue;
                }
                for (var file : UnitFolders.names(here, debug)) {
                    if (file.endsWith(".conf") && file.length() > ".conf".length()) {
                        found.putIfAbsent(file, here.resolve(file));
                    }
                }
            }
        }
        return found;
    }

    /// The names of the folders with drop-ins for a unit, the most specific first
    /// (systemd.unit(5)).
    public static List<String> dropInFolders(UnitName name) {
        var extension = name.type().extension();
        var folders = new ArrayList<String>();
        folders.add(name.file() + ".d");
        if (name.isInstance()) {
            folders.add(name.template().file() + ".d");
        }
        var prefix = name.prefix();
        boolean at = name.base().indexOf('@') > 0;
        int end = prefix.endsWith("-") ? prefix.length() - 1 : prefix.length();
        for (int dash = prefix.lastIndexOf('-', end - 1);
                dash > 0;
                dash = prefix.lastIndexOf('-', dash - 1)) {
            var cut = prefix.substring(0, dash + 1);
            if (at) {
                folders.add(cut + "@" + extension + ".d");
            }
            folders.add(cut + extension + ".d");
        }
        folders.add(extension.substring(1) + ".d");
        return folders;
    }
}
