package dev.kelpie.runtime.oci;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.SystemCallException;
import dev.kelpie.runtime.kernel.Capability;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.ContainerConfig.SeccompChoice;
import dev.kelpie.runtime.spec.LinuxSeccomp;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Seccomp profiles of this host: found, read once, and turned into the runtime-spec's form for a
/// container's capabilities.
public final class SeccompProfiles {

    private static final int MOST_BYTES = 4 << 20;

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

    /// The same where there must be one.
    Path required() {
        return usual().orElseThrow(() ->
                new FileAccessException(
                        "no seccomp profile on this host, none of "
                                + places
                                + " is there (apt-get install golang-github-containers-common)"));
    }

    /// The filter for a container with these capabilities in its bounding set; never by the
    /// effective ones, see engine notes: a container that gives up a capability must not gain
    /// system calls by that.
    LinuxSeccomp filter(Path file, Set<Capability> bounding, HostGrants.Machine machine) {
        return converted.computeIfAbsent(
                new Wanted(file, Set.copyOf(bounding), machine), this::convert);
    }

    /// The same of a profile that somebody may edit, so read anew each time.
    LinuxSeccomp filterOf(Path file, Set<Capability> bounding, HostGrants.Machine machine) {
        return new SeccompConversion(parse(file), bounding, machine, file).convert();
    }

    /// The same of a profile inside a folder: no link and no `..` of its name leads out of it.
    LinuxSeccomp filterInside(
            Path folder, String name, Set<Capability> bounding, HostGrants.Machine machine) {
        var file = folder.resolve(name);
        return new SeccompConversion(parseInside(folder, name), bounding, machine, file).convert();
    }

    /// Why a profile cannot be used, so that it is known before anything is made.
    public Optional<String> fault(SeccompChoice choice, HostGrants grants) {
        try {
            switch (choice) {
                case SeccompChoice.Usual _, SeccompChoice.Unconfined _ -> {}
                case SeccompChoice.RuntimeDefault _ -> required();
                case SeccompChoice.Profile(Path file) ->
                        filterOf(file, grants.bounding(), grants.machine());
                case SeccompChoice.Inside(Path folder, String name) ->
                        filterInside(folder, name, grants.bounding(), grants.machine());
            }
            return Optional.empty();
        } catch (FileAccessException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private LinuxSeccomp convert(Wanted wanted) {
        var profile = read.computeIfAbsent(wanted.file(), SeccompProfiles::parse);
        return new SeccompConversion(profile, wanted.bounding(), wanted.machine(), wanted.file())
                .convert();
    }

    private static JsonNode parse(Path file) {
        try (var input = Files.newInputStream(file)) {
            return parse(input, file);
        } catch (NoSuchFileException e) {
            throw new FileAccessException("there is no seccomp profile '" + file + "'", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static JsonNode parseInside(Path folder, String name) {
        var file = folder.resolve(name);
        try (var root = RootedDirectory.open(folder);
                var input = root.read(name)) {
            return parse(input, file);
        } catch (SystemCallException e) {
            throw new FileAccessException(
                    "there is no seccomp profile '" + name + "' inside '" + folder + "'", e);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    private static JsonNode parse(InputStream input, Path file) throws IOException {
        var bytes = input.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new FileAccessException("seccomp profile '" + file + "' is larger than 4 MiB");
        }
        return JsonMapper.builder().build().readTree(bytes);
    }

    private static FileAccessException unreadable(Path file, IOException cause) {
        var why =
                cause instanceof JsonProcessingException json
                        ? json.getOriginalMessage()
                        : cause.getMessage();
        return new FileAccessException("cannot read seccomp profile '" + file + "': " + why, cause);
    }
}
