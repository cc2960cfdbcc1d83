package dev.kelpie.engine.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// What a volume was made with beyond its name, as Podman's driver `local` takes it.
///
/// @param driver `type`, `device`, `o`, `copy` and `nocopy`, as typed
/// @param uid owner of the content; empty: whoever makes it
public record VolumeOptions(Map<String, String> driver, OptionalInt uid, OptionalInt gid) {
    public static final VolumeOptions NONE =
            new VolumeOptions(Map.of(), OptionalInt.empty(), OptionalInt.empty());

    private static final Set<String> DIRECTORIES = Set.of("", "none", "bind", "rbind");

    public VolumeOptions {
        driver = Map.copyOf(driver);
    }

    /// The words of `o=`.
    public List<String> mountOptions() {
        var typed = driver.getOrDefault("o", "");
        return typed.isEmpty() ? List.of() : List.of(typed.split(",", -1));
    }

    /// Whether it is a file system of its own that is mounted while somebody uses it.
    public boolean mounts() {
        return !DIRECTORIES.contains(type());
    }

    public String type() {
        return driver.getOrDefault("type", "");
    }

    /// What mount(8) is to mount; of a tmpfs only a name.
    public String device() {
        return driver.getOrDefault("device", type());
    }

    /// The directory of the host that the volume is; empty: it has one of its own.
    public Optional<Path> bound() {
        return mounts()
                ? Optional.empty()
                : Optional.ofNullable(driver.get("device")).map(Path::of);
    }

    /// Whether the directory of the host is made when it is missing, see mount(8).
    public boolean makesDevice() {
        return bound().isPresent() && mountOptions().contains("X-mount.mkdir");
    }

    public boolean readOnly() {
        return mountOptions().contains("ro");
    }

    /// Whether a new volume takes over what the image has at its place.
    public boolean copies() {
        return !driver.containsKey("nocopy") && !mounts();
    }
}
