package dev.kelpie.runtime.oci;

import dev.kelpie.runtime.FileAccessException;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.spec.Spec;
import dev.kelpie.runtime.spec.SpecJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/// An OCI bundle on disk: a folder with `config.json`, see bundle.md.
public record Bundle(Path folder) {

    public Path config() {
        return folder.resolve("config.json");
    }

    /// Makes the folder, readies the root filesystem (working directory, /etc/mtab) and writes
    /// `config.json`, readable by root only since it holds the environment.
    public void write(Spec spec) {
        prepareRoot(spec);
        try {
            Files.createDirectories(folder);
            Files.deleteIfExists(config());
            var onlyUs =
                    PosixFilePermissions.asFileAttribute(
                            PosixFilePermissions.fromString("rw-------"));
            Files.createFile(config(), onlyUs);
            Files.write(config(), SpecJson.write(spec));
        } catch (IOException e) {
            throw new FileAccessException(
                    "cannot write bundle '" + folder + "': " + e.getMessage(), e);
        }
    }

    /// What was written before.
    public Spec read() {
        try {
            return SpecJson.read(Files.readAllBytes(config()), Spec.class);
        } catch (IOException e) {
            throw new FileAccessException("cannot read '" + config() + "': " + e.getMessage(), e);
        }
    }

    /// All inside the root: the image chooses the names, and its symlinks may point anywhere.
    private static void prepareRoot(Spec spec) {
        try (var root = RootedDirectory.open(Path.of(spec.root().path()))) {
            if (!spec.process().cwd().equals("/")) {
                root.makeDirectories(spec.process().cwd(), 0755);
            }
            if (root.statFollowing("/etc").isPresent() && root.stat("/etc/mtab").isEmpty()) {
                root.symlink("/proc/mounts", "/etc/mtab");
            }
        } catch (HostException e) {
            throw new FileAccessException(
                    "cannot ready root filesystem '" + spec.root().path() + "': " + e.getMessage(),
                    e);
        }
    }
}
