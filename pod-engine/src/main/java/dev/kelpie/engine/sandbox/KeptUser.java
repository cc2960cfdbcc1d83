package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.SystemCallException;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.UserDatabase;
import dev.kelpie.runtime.spec.Mount;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The user who runs a rootless engine and is called the same inside (`keep-id`) has a name there
/// too: the image's passwd(5) and group(5) with a line more, where the image does not know the id.
final class KeptUser {

    private static final int MOST_BYTES = 4 << 20;

    private final EngineFiles files;
    private final HostKernel kernel;

    KeptUser(EngineFiles files, HostKernel kernel) {
        this.files = files;
        this.kernel = kernel;
    }

    /// The files that take the place of the image's, made anew. The container's root is mounted.
    List<Mount> mounts(PodRow pod, ContainerRow container) throws IOException {
        var keeps = pod.spec().sharing().usersAsked().filter(PodUsers.KeepId.class::isInstance);
        if (keeps.isEmpty() || pod.ids().isEmpty()) {
            return List.of();
        }
        var caller = kernel.ids().caller();
        if (caller.isEmpty()) {
            return List.of();
        }
        var inside = pod.ids().get().inverse();
        long uid = inside.user(0);
        long gid = inside.group(0);
        var mounts = new ArrayList<Mount>();
        try (var root = RootedDirectory.open(files.rootfs(container.id()))) {
            var known = UserDatabase.read(root);
            if (known.userName(uid).isEmpty()) {
                var line = userLine(caller.get().name(), uid, gid, container);
                more(root, container, "passwd", line).ifPresent(mounts::add);
            }
            if (known.groupName(gid).isEmpty()) {
                var line = caller.get().group() + ":x:" + gid + ":" + caller.get().name();
                more(root, container, "group", line).ifPresent(mounts::add);
            }
        }
        return mounts;
    }

    /// At home in the working directory, as with Podman.
    private static String userLine(String name, long uid, long gid, ContainerRow container) {
        var directory = container.image().process().workingDir();
        var home = directory.matches("/[^:\\p{Cntrl}]*") ? directory : "/";
        return name + ":*:" + uid + ":" + gid + "::" + home + ":/bin/sh";
    }

    /// Nothing for an image without the file.
    private Optional<Mount> more(
            RootedDirectory root, ContainerRow container, String name, String line)
            throws IOException {
        var place = "/etc/" + name;
        try (var input = root.read(place)) {
            var lines = new String(input.readNBytes(MOST_BYTES), StandardCharsets.UTF_8);
            var end = lines.isEmpty() || lines.endsWith("\n") ? "" : "\n";
            var file = files.runContainer(container.id()).resolve(name);
            write(file, lines + end + line + "\n");
            return Optional.of(Mount.bind(file, place, false));
        } catch (SystemCallException | FileAccessException _) {
            return Optional.empty();
        }
    }

    private static void write(Path file, String text) throws IOException {
        Files.deleteIfExists(file);
        Files.writeString(file, text);
    }
}
