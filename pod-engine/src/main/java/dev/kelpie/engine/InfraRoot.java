package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.runtime.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/// The root filesystem of all infra containers: empty but for mount points and the pause program,
/// which reaps what a shared PID namespace leaves behind.
final class InfraRoot {

    /// All that is mounted: users of another namespace can make none.
    private static final List<String> MOUNT_POINTS =
            List.of("dev", "etc", "proc", "run", "sys", "tmp", "var/tmp");

    private InfraRoot() {}

    /// Makes it when it is not there, once per boot.
    static synchronized void make(Path directory) {
        var pause = directory.resolve(Blueprint.PAUSE.substring(1));
        if (Files.exists(pause) && Files.exists(directory.resolve(MOUNT_POINTS.getLast()))) {
            return;
        }
        var program = Programs.require("catatonit", "catatonit");
        try {
            for (var name : MOUNT_POINTS) {
                Files.createDirectories(directory.resolve(name));
            }
            // Every bundle wants it, and several at once cannot make it.
            var mtab = directory.resolve("etc/mtab");
            if (!Files.exists(mtab, LinkOption.NOFOLLOW_LINKS)) {
                Files.createSymbolicLink(mtab, Path.of("/proc/mounts"));
            }
            var copy = directory.resolve("pause.new");
            Files.copy(program, copy, StandardCopyOption.REPLACE_EXISTING);
            Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(copy, pause, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new EngineIoException("cannot make '" + directory + "'", e);
        }
    }
}
