package dev.kelpie.engine.spec;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The manner of a container's runs: what few ask for.
///
/// @param systemd whether it is given what systemd as its process 1 needs
/// @param initPath the small process 1 of `--init`; empty: the engine's
/// @param pidFile where its process id is written at each start
/// @param imageVolumes what becomes of the paths that its image declares as volumes
/// @param inMemory those of them that are in memory
/// @param requires ids of containers that are started before it
public record Manner(
        Systemd systemd,
        Optional<Path> initPath,
        Optional<Path> pidFile,
        ImageVolumes imageVolumes,
        List<String> inMemory,
        List<String> requires) {
    public static final Manner USUAL =
            new Manner(
                    Systemd.NEVER,
                    Optional.empty(),
                    Optional.empty(),
                    ImageVolumes.ANONYMOUS,
                    List.of(),
                    List.of());

    public Manner {
        inMemory = List.copyOf(inMemory);
        requires = List.copyOf(requires);
    }

    /// When a container is taken for one that runs systemd (`--systemd`).
    public enum Systemd {
        /// By its command: systemd or an init.
        BY_COMMAND,
        ALWAYS,
        NEVER
    }

    /// What a path that an image declares as a volume becomes (`--image-volume`).
    public enum ImageVolumes {
        /// A volume of its own.
        ANONYMOUS,
        /// A place in memory.
        TMPFS,
        /// What the image has there.
        IGNORE
    }

    /// The same, where systemd is or is not its process.
    public Manner withSystemd(Systemd other) {
        return new Manner(other, initPath, pidFile, imageVolumes, inMemory, requires);
    }

    /// The same with places in memory.
    public Manner withInMemory(List<String> paths) {
        return new Manner(systemd, initPath, pidFile, imageVolumes, paths, requires);
    }

    /// The same after other containers.
    public Manner withRequires(List<String> ids) {
        return new Manner(systemd, initPath, pidFile, imageVolumes, inMemory, ids);
    }

    /// Whether a container of this command has systemd as its process 1.
    public boolean runsSystemd(List<String> argv) {
        return switch (systemd) {
            case ALWAYS -> true;
            case NEVER -> false;
            case BY_COMMAND -> !argv.isEmpty() && isInit(argv.getFirst());
        };
    }

    private static boolean isInit(String command) {
        return command.equals("/sbin/init")
                || command.equals("/usr/sbin/init")
                || command.equals("/usr/local/sbin/init")
                || command.equals("systemd")
                || command.endsWith("/systemd");
    }
}
