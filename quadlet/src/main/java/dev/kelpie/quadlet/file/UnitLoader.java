package dev.kelpie.quadlet.file;

import dev.kelpie.quadlet.translate.Unit;
import dev.kelpie.quadlet.translate.UnitName;
import dev.kelpie.quadlet.unit.UnitFile;
import java.io.FileInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashMap;
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
    private final Map<Path, List<String>> listings = new HashMap<>();

    /// The names of all that look like folders of drop-ins: few units have any.
    private final Set<String> dropInFolders = new HashSet<>();

    private record Source(UnitName name, Path path) {}

    private record Complaint(Path path, String reason) {}

    private record Read(Optional<Unit> unit, List<Complaint> complaints) {}

    /// @param errors hears of each file that cannot be used, and why
    public UnitLoader(List<Path> folders, Consumer<String> debug, BiConsumer<Path, String> errors) {
        this.folders = folders;
        this.debug = debug;
        this.errors = errors;
        for (var folder : folders) {
            var names = UnitFolders.names(folder, debug);
            listings.put(folder, names);
            for (var entry : names) {
                if (entry.endsWith(".d")) {
                    dropInFolders.add(entry);
                }
            }
        }
    }

    public List<Unit> load() {
        var units = new ArrayList<Unit>();
        for (var read : TwoThreads.map(sources(), source -> load(source, new ArrayList<>()))) {
            read.complaints().forEach(each -> errors.accept(each.path(), each.reason()));
            read.unit().ifPresent(units::add);
        }
        return units;
    }

    private List<Source> sources() {
        var sources = new ArrayList<Source>();
        Set<String> seen = new HashSet<>();
        for (var folder : folders) {
            for (var file : listings.getOrDefault(folder, List.of())) {
                var name = UnitName.parse(file);
                if (name.isPresent() && seen.add(file)) {
                    sources.add(new Source(name.get(), folder.resolve(file)));
                }
            }
        }
        return sources;
    }

    /// One unit file with its drop-ins; empty when it is hidden or cannot be read at all.
    public Optional<Unit> load(UnitName name, Path path) {
        var read = load(new Source(name, path), new ArrayList<>());
        read.complaints().forEach(each -> errors.accept(each.path(), each.reason()));
        return read.unit();
    }

    private Read load(Source source, List<Complaint> complaints) {
        debug.accept("Loading source unit file " + source.path());
        var read = read(source.path(), complaints);
        if (read.isEmpty()) {
            return new Read(Optional.empty(), complaints);
        }
        var file = read.get();
        for (var fault : file.faults()) {
            complaints.add(new Complaint(source.path(), fault.message()));
            break;
        }
        for (var dropIn : dropIns(source.name()).values()) {
            debug.accept("Loading source drop-in file " + dropIn);
            var more = read(dropIn, complaints);
            if (more.isPresent() && more.get().faults().isEmpty()) {
                file.merge(more.get());
            } else if (more.isPresent()) {
                complaints.add(new Complaint(dropIn, more.get().faults().getFirst().message()));
            }
        }
        return new Read(Optional.of(new Unit(source.name(), source.path(), file)), complaints);
    }

    private static Optional<UnitFile> read(Path path, List<Complaint> complaints) {
        try {
            var facts = facts(path, LinkOption.NOFOLLOW_LINKS);
            if (facts.isSymbolicLink()) {
                if (target(path).equals(NULL)) {
                    return Optional.empty();
                }
                facts = facts(path);
            }
            if (!facts.isRegularFile()) {
                throw new IOException("not a regular file");
            }
            if (facts.size() > MOST_BYTES) {
                throw new IOException("larger than " + MOST_BYTES + " bytes");
            }
            return Optional.of(UnitFile.parse(path.toString(), text(path)));
        } catch (IOException e) {
            var reason = String.valueOf(e.getMessage());
            boolean bare = reason.equals(path.toString()) || e instanceof FileNotFoundException;
            complaints.add(new Complaint(path, bare ? "it cannot be read" : reason));
            return Optional.empty();
        }
    }

    private static Path target(Path link) throws IOException {
        try {
            return link.toRealPath();
        } catch (FileSystemException e) { // says so in words of its own only
            throw String.valueOf(e.getReason()).startsWith("Too many levels")
                    ? new IOException("too many levels of symbolic links", e)
                    : e;
        }
    }

    private static BasicFileAttributes facts(Path path, LinkOption... options) throws IOException {
        return Files.readAttributes(path, BasicFileAttributes.class, options);
    }

    /// The channels of [Files] take four times as long until they are compiled.
    private static String text(Path path) throws IOException {
        try (var in = new FileInputStream(path.toFile())) {
            return new String(in.readNBytes((int) MOST_BYTES), StandardCharsets.UTF_8);
        }
    }

    /// The drop-ins that count, by file name.
    public Map<String, Path> dropIns(UnitName name) {
        var found = new TreeMap<String, Path>();
        for (var dropInFolder : dropInFolders(name)) {
            if (!dropInFolders.contains(dropInFolder)) {
                continue;
            }
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
