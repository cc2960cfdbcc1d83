package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.Programs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;

/// How crun creates containers on a hybrid host: it refuses to where both kinds of hierarchy have
/// controllers, and does not look further than the mount, so it gets a mount namespace without it.
/// Only for `create`; the other subcommands do not mind.
///
/// @param folder where the script is kept
record HybridCreator(Path folder) {

    /// The words before the arguments. Busybox does it all in one small program, which takes half
    /// the time of util-linux's (1.8 ms against 3.7 ms measured).
    List<String> words(Path executable) {
        var busybox = Programs.find("busybox").map(Path::toString);
        var script = write(busybox.map(program -> program + " sh").orElse("/bin/sh"));
        var words = new ArrayList<String>();
        busybox.ifPresent(words::add);
        words.add(
                busybox.isPresent()
                        ? "unshare"
                        : Programs.require("unshare", "util-linux").toString());
        words.addAll(
                List.of(
                        "--mount",
                        "--propagation",
                        "slave",
                        script.toString(),
                        executable.toString()));
        return words;
    }

    private Path write(String shell) {
        var file = folder.resolve("without-v2");
        var text =
                """
                #!%s
                # Written by Kelpie: runs a program without the v2 hierarchy in sight.
                # Another mount on it hides it in a user namespace too; umount would read the whole mount table first.
                mount -n -t tmpfs none /sys/fs/cgroup/unified
                exec "$@"
                """
                        .formatted(shell);
        try {
            if (Files.isExecutable(file) && Files.readString(file).equals(text)) {
                return file;
            }
            var fresh = Files.createTempFile(folder, "without-v2", ".new");
            Files.writeString(fresh, text);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwx------"));
            return Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new FileAccessException("cannot write '" + file + "': " + e.getMessage(), e);
        }
    }
}
