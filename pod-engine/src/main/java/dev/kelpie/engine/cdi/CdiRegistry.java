package dev.kelpie.engine.cdi;

import dev.kelpie.engine.fault.InvalidRequestException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/// The spec files of some folders as they are now. A device of a later folder hides one of the same
/// name in an earlier one; two of the same folder hide each other.
public final class CdiRegistry {
    /// Where makers and administrators put them.
    public static final List<Path> USUAL = List.of(Path.of("/etc/cdi"), Path.of("/var/run/cdi"));

    private static final int MOST_FILES = 1000;

    private final Map<String, Found> devices = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();

    private CdiRegistry() {}

    private record Found(CdiSpec spec, CdiSpec.Device device) {}

    static CdiRegistry read(List<Path> folders) {
        var registry = new CdiRegistry();
        folders.forEach(registry::readFolder);
        return registry;
    }

    private void readFolder(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        var here = new LinkedHashMap<String, Found>();
        var twice = new HashSet<String>();
        for (var file : files(folder)) {
            try {
                var spec = SpecReader.read(file, text(file));
                for (var device : spec.devices()) {
                    var name = spec.kind() + "=" + device.name();
                    var other = here.putIfAbsent(name, new Found(spec, device));
                    if (other != null) {
                        twice.add(name);
                        problems.add(
                                "%s is in both %s and %s".formatted(name, other.spec.file(), file));
                    }
                }
            } catch (CdiException e) {
                problems.add(e.getMessage());
            }
        }
        devices.putAll(here);
        twice.forEach(devices::remove);
    }

    private List<Path> files(Path folder) {
        try (Stream<Path> found = Files.list(folder)) {
            return found.filter(file -> file.toString().matches(".*\\.(json|yaml)"))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .limit(MOST_FILES)
                    .toList();
        } catch (IOException e) {
            problems.add("cannot read '" + folder + "'");
            return List.of();
        }
    }

    /// A spec names programs that run on the host: one that anybody can write is nobody's.
    private static String text(Path file) {
        try (var in = Files.newInputStream(file)) {
            if (Files.getPosixFilePermissions(file).contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new CdiException(file + ": anybody may write to it");
            }
            var bytes = in.readNBytes(SpecReader.MOST_BYTES + 1);
            if (bytes.length > SpecReader.MOST_BYTES) {
                throw new CdiException(
                        file + ": has more than " + (SpecReader.MOST_BYTES >> 20) + " MiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CdiException(file + ": cannot be read");
        }
    }

    /// What a container is changed by to have all of these: each spec's own edits once, before
    /// those of its first device.
    ContainerEdits edits(List<String> names) {
        var missing = names.stream().filter(name -> !devices.containsKey(name)).toList();
        if (!missing.isEmpty()) {
            throw new InvalidRequestException(
                    "setting up CDI devices: unresolvable CDI devices "
                            + String.join(", ", missing)
                            + (problems.isEmpty() ? "" : ": " + String.join(": ", problems)));
        }
        var edits = ContainerEdits.NONE;
        var seen = new HashSet<Path>();
        for (var name : names) {
            var found = Objects.requireNonNull(devices.get(name));
            if (seen.add(found.spec.file())) {
                edits = edits.and(found.spec.edits());
            }
            edits = edits.and(found.device.edits());
        }
        return edits;
    }
}
