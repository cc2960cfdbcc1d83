package dev.kelpie.runtime.kernel;

import dev.kelpie.runtime.Command;
import dev.kelpie.runtime.HostLacksException;
import dev.kelpie.runtime.Programs;
import dev.kelpie.runtime.SystemCallException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Mounts overlays: by the kernel, and by fuse-overlayfs(1) for an engine without root where the
/// kernel refuses (before Linux 5.11, or on a file system without `user.` attributes). The
/// program's process ends with the mount.
public final class Overlays {

    /// Names the program to use in any case; what is called `mount_program` in Podman's
    /// storage.conf.
    public static final String VARIABLE = "KELPIE_MOUNT_PROGRAM";

    private static final String USUAL = "fuse-overlayfs";

    /// What the kernel says when it is not made for that.
    private static final Set<Integer> UNABLE =
            Set.of(Errno.EPERM, Errno.EINVAL, Errno.ENODEV, Errno.EOPNOTSUPP);

    private volatile Optional<Path> program = asked();

    private static Optional<Path> asked() {
        return Optional.ofNullable(System.getenv(VARIABLE))
                .filter(name -> !name.isEmpty())
                .map(name -> Programs.find(name).orElse(Path.of(name)));
    }

    /// The program that mounts, after the first mount; empty: the kernel does.
    public Optional<Path> program() {
        return program;
    }

    /// Mounts one on `target`.
    public void mount(Mounts.Overlay overlay, Path target) {
        if (program.isEmpty()) {
            tryKernel(() -> Mounts.overlay(overlay, target));
        }
        program.ifPresent(it -> mount(it, overlay.directories(Path::toString), target));
    }

    /// As `Mounts.merge`.
    public void merge(List<Path> lowers, Path target) {
        if (program.isEmpty()) {
            tryKernel(() -> Mounts.merge(lowers, target));
        }
        program.ifPresent(it -> mount(it, Mounts.lowerdir(lowers, Path::toString), target));
    }

    private void tryKernel(Runnable mount) {
        try {
            mount.run();
        } catch (SystemCallException e) {
            if (UserNamespace.isInitial() || !UNABLE.contains(e.errno())) {
                throw e;
            }
            program = Programs.find(USUAL);
            if (program.isEmpty()) {
                throw e;
            }
        }
    }

    private static void mount(Path program, String options, Path target) {
        if (!Files.isExecutable(program)) {
            throw new HostLacksException(
                    "mount program '" + program + "' not found", "apt-get install " + USUAL);
        }
        try {
            Command.of(List.of(program.toString(), "-o", options, target.toString())).run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new HostLacksException("'" + program + "' was interrupted", "try again");
        }
    }
}
