package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.HostPathException;
import dev.kelpie.engine.spec.VolumeOptions;
import dev.kelpie.engine.state.StateStore;
import dev.kelpie.engine.state.VolumeRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.OptionalInt;

/// Where the content of the engine's volumes lies: in a directory of its own, or in one of the host
/// that the volume was made for.
public final class VolumeContents {

    private final EngineFiles files;
    private final StateStore store;

    public VolumeContents(EngineFiles files, StateStore store) {
        this.files = files;
        this.store = store;
    }

    Path of(String name) {
        return options(name).bound().orElseGet(() -> files.volumeContent(name));
    }

    boolean readOnly(String name) {
        return options(name).readOnly();
    }

    private VolumeOptions options(String name) {
        return Optional.ofNullable(store.now().volumes().get(name))
                .map(VolumeRow::made)
                .orElse(VolumeOptions.NONE);
    }

    /// Makes it unless it is there; a directory of the host must be there.
    ///
    /// @throws HostPathException when the host's directory is missing
    public Path make(String name) throws IOException {
        var own = files.volumeContent(name);
        var options = options(name);
        if (makeDirectory(own, "rwxr-xr-x")) {
            own(own, "unix:uid", options.uid());
            own(own, "unix:gid", options.gid());
        }
        var content = options.bound().orElse(own);
        if (options.makesDevice()) {
            makeDirectory(content, "rwxr-xr-x");
        }
        if (!Files.isDirectory(content)) {
            throw new HostPathException(
                    "volume '" + name + "': its device '" + content + "' is no directory");
        }
        return content;
    }

    private static void own(Path directory, String attribute, OptionalInt id) throws IOException {
        if (id.isPresent()) {
            Files.setAttribute(directory, attribute, id.getAsInt(), LinkOption.NOFOLLOW_LINKS);
        }
    }

    /// Makes a directory; false when it was there.
    static boolean makeDirectory(Path directory, String mode) throws IOException {
        if (Files.isDirectory(directory)) {
            return false;
        }
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString(mode));
        return true;
    }
}
