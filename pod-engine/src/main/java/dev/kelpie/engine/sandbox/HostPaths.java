package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.HostPathException;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Paths of the host that pods ask for: looked at before anything is made, made where that was
/// asked for (Kubernetes `HostPathType`).
public final class HostPaths {

    private static final int TYPE_MASK = 0170000;
    private static final int SOCKET = 0140000;
    private static final int CHARACTER = 0020000;
    private static final int BLOCK = 0060000;

    private HostPaths() {}

    /// Throws with every path that is missing or of the wrong kind.
    public static void check(List<PodSpec> pods) {
        var problems = new ArrayList<String>();
        for (var pod : pods) {
            for (var volume : pod.volumes()) {
                if (volume.source() instanceof Volume.HostPath(Path path, var type)
                        && !fits(path, type)) {
                    problems.add(
                            "volume '%s' of pod '%s': host path '%s' %s"
                                    .formatted(
                                            volume.name(),
                                            pod.name(),
                                            path,
                                            Files.exists(path)
                                                    ? "is not " + wanted(type)
                                                    : "does not exist"));
                }
            }
        }
        if (!problems.isEmpty()) {
            throw new HostPathException(String.join("; ", problems));
        }
    }

    /// Makes what is to be made and is not there: directories 0755, files 0644.
    static void make(PodSpec pod) throws IOException {
        for (var volume : pod.volumes()) {
            if (volume.source() instanceof Volume.HostPath(Path path, var type)
                    && !Files.exists(path)) {
                if (type == Volume.HostPathType.DIRECTORY_OR_CREATE) {
                    Files.createDirectories(path);
                } else if (type == Volume.HostPathType.FILE_OR_CREATE) {
                    Files.createFile(path);
                }
            }
        }
    }

    private static boolean fits(Path path, Volume.HostPathType type) {
        return switch (type) {
            case ANY -> Files.exists(path);
            case DIRECTORY -> Files.isDirectory(path);
            case DIRECTORY_OR_CREATE -> Files.isDirectory(path) || !Files.exists(path);
            case FILE -> Files.isRegularFile(path);
            case FILE_OR_CREATE ->
                    Files.isRegularFile(path)
                            || (!Files.exists(path)
                                    && path.getParent() != null
                                    && Files.isDirectory(path.getParent()));
            case SOCKET -> isType(path, SOCKET);
            case CHAR_DEVICE -> isType(path, CHARACTER);
            case BLOCK_DEVICE -> isType(path, BLOCK);
        };
    }

    private static boolean isType(Path path, int type) {
        try {
            return ((Integer) Files.getAttribute(path, "unix:mode") & TYPE_MASK) == type;
        } catch (IOException _) {
            return false;
        }
    }

    private static String wanted(Volume.HostPathType type) {
        return switch (type) {
            case ANY -> "there";
            case DIRECTORY, DIRECTORY_OR_CREATE -> "a directory";
            case FILE, FILE_OR_CREATE -> "a regular file";
            case SOCKET -> "a socket";
            case CHAR_DEVICE -> "a character device";
            case BLOCK_DEVICE -> "a block device";
        };
    }
}
