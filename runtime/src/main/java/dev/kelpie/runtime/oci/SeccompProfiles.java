package dev.kelpie.runtime.oci;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.kernel.Capability;
import dev.kelpie.runtime.spec.LinuxSeccomp;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Seccomp profiles of this host: found, read once, and turned into the runtime-spec's form for a
/// container's capabilities.
public final class SeccompProfiles {

    private static final long MOST_BYTES = 4 << 20;

    /// Where the default profile may be; the administrator's wins.
    public static final List<Path> PLACES =
            List.of(
                    Path.of("/etc/containers/seccomp.json"),
                    Path.of("/usr/share/containers/seccomp.json"));

    private final List<Path> places;
    private final Map<Path, JsonNode> read = new ConcurrentHashMap<>();
    private final Map<Wanted, LinuxSeccomp> converted = new ConcurrentHashMap<>();

    /// What a conversion depends on; containers differ in few of these.
    private record Wanted(Path file, Set<Capability> bounding, HostGrants.Machine machine) {}

    public SeccompProfiles() {
        this(PLACES);
    }

    /// With other places for the default profile, the first that exists counts.
    public SeccompProfiles(List<Path> places) {
        this.places = List.copyOf(places);
    }

    /// The file of the default profile, if the host has one.
    public Optional<Path> usual() {
        return places.stream().filter(Files::isReadable).findFirst();
    }

    /// The filter for a container with these capabilities in its bounding set; never by the
    /// effective ones, see engine notes: a container that gives up a capability must not gain
    /// system calls by that.
    LinuxSeccomp filter(Path file, Set<Capability> bounding, HostGrants.Machine machine) {
        return converted.computeIfAbsent(
                new Wanted(file, Set.copyOf(bounding), machine), this::convert);
    }

    private LinuxSeccomp convert(Wanted wanted) {
        var profile = read.computeIfAbsent(wanted.file(), SeccompProfiles::parse);
        return new SeccompConversion(profile, wanted.bounding(), wanted.machine(), wanted.file())
                .convert();
    }

    private static JsonNode parse(Path file) {
        try {
            if (Files.size(file) > MOST_BYTES) {
                throw new FileAccessException(
                        "seccomp profile '" + file + "' is larger than 4 MiB");
            }
            return JsonMapper.builder().build().readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new FileAccessException(
                    "cannot read seccomp profile '" + file + "': " + e.getMessage(), e);
        }
    }
}
