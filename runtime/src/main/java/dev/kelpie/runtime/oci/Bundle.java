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
    ///
    /// Where a user namespace is joined, what is mounted must lie beside the bundle: the OCI
    /// runtime reaches it from the bundle as root of that namespace, who may not pass the folders
    /// above.
    public void write(Spec spec) {
        var others = spec.linux().namespaces().stream().anyMatch(one -> one.type().equals("user"));
        prepareRoot(spec, others);
        write(others ? fromHere(spec) : spec, others);
    }

    private void write(Spec spec, boolean passable) {
        try {
            Files.createDirectories(folder);
            if (passable) {
                var mode = PosixFilePermissions.fromString("rwx--x--x");
                Files.setPosixFilePermissions(folder, mode);
                Files.setPosixFilePermissions(folder.resolve(".."), mode);
            }
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

    private Spec fromHere(Spec spec) {
        var root = new Spec.Root(fromHere(spec.root().path()), spec.root().readonly());
        return spec.lyingAt(
                root,
                spec.mounts().stream()
                        .map(mount -> mount.withSource(fromHere(mount.source())))
                        .toList());
    }

    private String fromHere(String path) {
        var beside = String.valueOf(folder.getParent());
        return path.startsWith(beside + "/") ? folder.relativize(Path.of(path)).toString() : path;
    }

    /// What was written before, its root filesystem by its whole path.
    public Spec read() {
        try {
            var spec = SpecJson.read(Files.readAllBytes(config()), Spec.class);
            var root = folder.resolve(spec.root().path()).normalize().toString();
            return spec.lyingAt(new Spec.Root(root, spec.root().readonly()), spec.mounts());
        } catch (IOException e) {
            throw new FileAccessException("cannot read '" + config() + "': " + e.getMessage(), e);
        }
    }

    /// All inside the root: the image chooses the names, and its symlinks may point anywhere.
    ///
    /// @param others its files belong to users of another namespace, whose runtime makes the
    ///   directory as theirs
    private static void prepareRoot(Spec spec, boolean others) {
        try (var root = RootedDirectory.open(Path.of(spec.root().path()))) {
            if (!others && !spec.process().cwd().equals("/")) {
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
