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
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Collectors;

/// What a container's user shall own of what is mounted (`-v …:U`), see podman-run(1).
final class UsersVolumes {

    /// The word for it among the options of a mount.
    static final String WORD = "U";

    /// Folders of the host that nobody means: a mistake in one of them ends the host.
    private static final Set<String> HOSTS =
            Set.of(
                    ("/ /bin /boot /dev /etc /etc/group /etc/gshadow /etc/passwd /etc/pki /etc/shadow"
                                    + " /etc/ssl /home /lib /lib64 /media /mnt /opt /proc /root /run"
                                    + " /sbin /srv /sys /tmp /usr /var /var/lib /var/log /var/tmp")
                            .split(" "));

    /// The field of passwd(5).
    private static final int HOME = 5;

    private static final long NOBODY = 65_534;

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
        if (HOSTS.contains(real.toString()) || homes().contains(real.toString())) {
            throw new InvalidRequestException(
                    "'"
                            + source
                            + "' is what the host lives by and is given to no container's user: leave"
                            + " out the option U");
        }
        kernel.giveToUser(real, onHost(pod, ownership, user(files, container)));
    }

    /// Whoever has an account here.
    private static Set<String> homes() throws IOException {
        try (var lines = Files.lines(Path.of("/etc/passwd"), StandardCharsets.ISO_8859_1)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > HOME)
                    .map(fields -> fields[HOME])
                    .collect(Collectors.toSet());
        }
    }

    /// Mounts that translate show what lies on the disk by its numbers.
    private Owner onHost(PodRow pod, Ownership ownership, Owner inside) {
        boolean translated = ownership != Ownership.FOREIGN && kernel.mapsMounts();
        var ids = UserMounts.changes(pod);
        if (translated || ids.isEmpty()) {
            return inside;
        }
        var owner = new Owner(ids.get().user(inside.user()), ids.get().group(inside.group()));
        if (owner.user() == NOBODY) {
            throw new InvalidRequestException(
                    "user "
                            + inside.user()
                            + " of the container is nobody on the host: no volume can be given to it"
                            + " (option U)");
        }
        return owner;
    }
}
