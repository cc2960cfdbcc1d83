package dev.kelpie.engine.cdi;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.EntryFacts;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.kernel.UserNamespace;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The spec files of some folders as they are now. A device of a later folder hides one of the same
/// name in an earlier one; two of the same folder hide each other.
public final class CdiRegistry {
    /// Where makers and administrators put them.
    public static final List<Path> USUAL = List.of(Path.of("/etc/cdi"), Path.of("/var/run/cdi"));

    private static final int MOST_FILES = 1000;

    /// By the group or by others.
    private static final int WRITABLE = 022;

    /// Root of the host, by the name it has here, and the engine's user.
    private static final Set<Long> OWNERS =
            IntStream.of(0, UserNamespace.userHere(0), UserNamespace.userId())
                    .mapToObj(Integer::toUnsignedLong)
                    .collect(Collectors.toSet());

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
        if (!Files.isDirectory(folder) || !isTrusted(folder)) {
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

    private boolean isTrusted(Path folder) {
        try (var opened = RootedDirectory.open(folder)) {
            opened.stat(".").ifPresent(facts -> requireTrusted(folder, facts));
            return true;
        } catch (CdiException e) {
            problems.add(e.getMessage());
        } catch (HostException _) {
            problems.add("cannot read '" + folder + "'");
        }
        return false;
    }

    /// A spec names programs that run on the host: who can write it must be able to run them
    /// anyway.
    private static void requireTrusted(Path path, EntryFacts facts) {
        if (!OWNERS.contains(facts.uid())) {
            throw new CdiException(
                    path + ": belongs to user " + facts.uid() + ", neither root nor the engine's");
        }
        if ((facts.mode() & WRITABLE) != 0) {
            throw new CdiException(
                    "%s: others may write to it, mode %04o".formatted(path, facts.mode()));
        }
    }

    private static String text(Path file) {
        try (var host = RootedDirectory.open(Path.of("/"));
                var in = host.read(absolute(file), facts -> requireTrusted(file, facts))) {
            var bytes = in.readNBytes(SpecReader.MOST_BYTES + 1);
            if (bytes.length > SpecReader.MOST_BYTES) {
                throw new CdiException(
                        file + ": has more than " + (SpecReader.MOST_BYTES >> 20) + " MiB");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException | HostException _) {
            throw new CdiException(file + ": cannot be read");
        }
    }

    private static String absolute(Path file) {
        return file.toAbsolutePath().toString();
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
