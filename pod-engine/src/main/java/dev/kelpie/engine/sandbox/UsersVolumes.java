package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.sandbox.HostKernel.Owner;
import dev.kelpie.engine.sandbox.UserMounts.Ownership;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.UserDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;

/// What a container's user shall own of what is mounted (`-v …:U`), see podman-run(1).
final class UsersVolumes {

    /// The word for it among the options of a mount.
    static final String WORD = "U";

    /// Folders of the host that nobody means: a mistake in one of them ends the host.
    private static final Set<String> HOSTS =
            Set.of(
                    "/",
                    "/bin",
                    "/boot",
                    "/dev",
                    "/etc",
                    "/home",
                    "/lib",
                    "/lib64",
                    "/media",
                    "/mnt",
                    "/opt",
                    "/proc",
                    "/root",
                    "/run",
                    "/sbin",
                    "/srv",
                    "/sys",
                    "/tmp",
                    "/usr",
                    "/var",
                    "/var/lib",
                    "/var/log",
                    "/var/tmp");

    private final EngineFiles files;
    private final HostKernel kernel;

    UsersVolumes(EngineFiles files, HostKernel kernel) {
        this.files = files;
        this.kernel = kernel;
    }

    /// The user of a container's process by the accounts of its image; its root is mounted.
    static Owner user(EngineFiles files, ContainerRow container) {
        try (var root = RootedDirectory.open(files.rootfs(container.id()))) {
            var user =
                    UserDatabase.read(root)
                            .resolve(
                                    container.image().process().user(),
                                    ContainerConfig.UserRules.USUAL)
                            .user();
            return new Owner(user.uid(), user.gid());
        }
    }

    /// Gives it all that lies there.
    ///
    /// @throws InvalidRequestException for a folder that the host lives by
    void give(PodRow pod, ContainerRow container, Ownership ownership, Path source)
            throws IOException {
        var real = source.toRealPath();
        if (HOSTS.contains(real.toString())) {
            throw new InvalidRequestException(
                    "'"
                            + source
                            + "' is a folder of the host's and is given to no container's user: leave"
                            + " out the option U");
        }
        kernel.giveToUser(real, onHost(pod, ownership, user(files, container)));
    }

    /// Mounts that translate show what lies on the disk by its numbers.
    private Owner onHost(PodRow pod, Ownership ownership, Owner inside) {
        boolean translated = ownership != Ownership.FOREIGN && kernel.mapsMounts();
        return translated
                ? inside
                : UserMounts.changes(pod)
                        .map(ids -> new Owner(ids.user(inside.user()), ids.group(inside.group())))
                        .orElse(inside);
    }
}
