package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.spec.EnvSource;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.kernel.EntryType;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Variables out of files of `NAME=value` lines that other containers of the pod left in a volume
/// (Kubernetes' `fileKeyRef`). What containers wrote is never trusted: no path leaves the volume,
/// and no file is read further than a variable may be long.
public final class EnvFiles {

    private static final int MOST_BYTES = 64 << 10;

    private final ContainerMounts mounts;

    public EnvFiles(ContainerMounts mounts) {
        this.mounts = mounts;
    }

    Optional<String> value(PodRow pod, EnvSource.FromFile wanted) {
        var text = text(pod, wanted);
        var value = text.flatMap(lines -> find(lines, wanted.key()));
        if (value.isEmpty() && !wanted.optional()) {
            throw new InvalidRequestException(
                    "cannot set env %s: file '%s' of volume '%s' %s"
                            .formatted(
                                    wanted.name(),
                                    wanted.path(),
                                    wanted.volume(),
                                    text.isEmpty()
                                            ? "is not there"
                                            : "has no key '" + wanted.key() + "'"));
        }
        return value;
    }

    /// The last line of that name counts; `#` begins a comment, quotes around a value go.
    static Optional<String> find(String text, String key) {
        return text.lines()
                .map(String::strip)
                .filter(line -> !line.startsWith("#") && line.startsWith(key + "="))
                .map(line -> unquoted(line.substring(key.length() + 1).strip()))
                .reduce((_, last) -> last);
    }

    private static String unquoted(String value) {
        var quoted =
                value.length() >= 2
                        && (value.startsWith("'") || value.startsWith("\""))
                        && value.charAt(0) == value.charAt(value.length() - 1);
        return quoted ? value.substring(1, value.length() - 1) : value;
    }

    private Optional<String> text(PodRow pod, EnvSource.FromFile wanted) {
        var directory = mounts.source(pod, wanted.volume());
        try (var root = RootedDirectory.open(directory)) {
            var file = root.statFollowing(wanted.path());
            if (file.filter(facts -> facts.type() == EntryType.FILE).isEmpty()) {
                return Optional.empty();
            }
            try (var content = root.read(wanted.path())) {
                var bytes = content.readNBytes(MOST_BYTES);
                return Optional.of(new String(bytes, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new EngineIoException("cannot read the variables in '" + directory + "'", e);
        }
    }
}
