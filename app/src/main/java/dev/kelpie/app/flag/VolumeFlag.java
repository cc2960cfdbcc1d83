package dev.kelpie.app.flag;

import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import dev.kelpie.engine.spec.VolumeMount.Propagation;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/// `--volume [SOURCE:]TARGET[:OPTIONS]`.
///
/// @param source an absolute path of the host, a volume's name, or empty for an anonymous volume
/// @param target absolute, inside the container
/// @param options `ro`, `rshared`, `z`, …
public record VolumeFlag(String source, String target, List<String> options) {
    private static final Set<String> KNOWN =
            Set.of(
                    "ro",
                    "rw",
                    "z",
                    "Z",
                    "shared",
                    "rshared",
                    "slave",
                    "rslave",
                    "private",
                    "rprivate",
                    "bind",
                    "rbind",
                    "exec",
                    "noexec",
                    "dev",
                    "nodev",
                    "suid",
                    "nosuid",
                    "copy",
                    "nocopy",
                    "U");

    public VolumeFlag {
        options = List.copyOf(options);
    }

    /// Parses the flag as typed.
    ///
    /// @param workingDirectory where a relative source path (`./x`) starts
    public static VolumeFlag parse(String word, Path workingDirectory) {
        var parts = word.split(":", -1);
        if (parts.length > 3) {
            throw wrong(word, "incorrect volume format, should be [host-dir:]ctr-dir[:option]");
        }
        var source = parts.length == 1 ? "" : parts[0];
        var target = parts.length == 1 ? parts[0] : parts[1];
        if (parts.length > 1 && source.isEmpty()) {
            throw wrong(word, "the source must not be empty");
        }
        if (!target.startsWith("/") || target.indexOf('\0') >= 0) {
            throw wrong(word, "the container path '" + target + "' must be absolute");
        }
        if (target.matches("/+")) {
            throw wrong(word, "the container path must not be '/'");
        }
        var options = parts.length == 3 ? List.of(parts[2].split(",")) : List.<String>of();
        for (var option : options) {
            if (!KNOWN.contains(option)) {
                throw wrong(word, "unknown option '" + option + "'");
            }
        }
        return new VolumeFlag(resolved(word, source, workingDirectory), target, options);
    }

    public boolean isPath() {
        return source.startsWith("/");
    }

    public boolean readOnly() {
        return options.contains("ro");
    }

    /// What is mounted.
    public Volume.Source volume() {
        if (isPath()) {
            return new Volume.HostPath(Path.of(source), Volume.HostPathType.ANY);
        }
        return new Volume.Named(source.isEmpty() ? randomName() : source);
    }

    /// 64 hex digits, as anonymous volumes are called.
    private static String randomName() {
        return (UUID.randomUUID().toString() + UUID.randomUUID()).replace("-", "");
    }

    /// Where and how it is mounted.
    ///
    /// @param name of the volume within its pod
    public VolumeMount mount(String name) {
        return new VolumeMount(
                        name,
                        target,
                        Optional.empty(),
                        readOnly(),
                        propagation(),
                        !isPath() && !options.contains("nocopy"))
                .withFlags(flags());
    }

    /// What is said, and of volumes that are no directories of the host what is usual.
    private List<String> flags() {
        return Stream.of("nosuid", "nodev", "noexec", "U")
                .filter(flag ->
                        options.contains(flag)
                                || (!isPath()
                                        && !flag.equals("U")
                                        && !flag.equals("noexec")
                                        && !options.contains(flag.substring(2))))
                .toList();
    }

    private Propagation propagation() {
        if (options.contains("rshared") || options.contains("shared")) {
            return Propagation.RSHARED;
        }
        return options.contains("rslave") || options.contains("slave")
                ? Propagation.RSLAVE
                : Propagation.RPRIVATE;
    }

    private static String resolved(String word, String source, Path workingDirectory) {
        if (source.startsWith("/")) {
            return source;
        }
        if (source.startsWith(".")) {
            return workingDirectory.resolve(source).normalize().toString();
        }
        if (!source.isEmpty() && !source.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
            throw wrong(word, "'" + source + "' is neither a path nor a volume name");
        }
        return source;
    }

    private static FlagException wrong(String word, String why) {
        return FlagException.meaning("volume \"" + word + "\": " + why);
    }
}
