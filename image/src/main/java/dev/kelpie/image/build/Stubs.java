package dev.kelpie.image.build;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Mount points that an image lacks, as one more layer below the step's own: so they are there when
/// something is mounted on them, and in no image ever.
final class Stubs {

    private final LowerView image;
    private final Path directory;
    private final Map<String, Instant> times = new TreeMap<>(java.util.Comparator.reverseOrder());
    private boolean any;

    /// @param directory where to make them; it need not exist
    Stubs(LowerView image, Path directory) {
        this.image = image;
        this.directory = directory;
    }

    /// The layers with one more on top when the image lacked something.
    List<Path> below(List<Path> lowers) throws IOException {
        if (!any && !lowers.isEmpty()) {
            return lowers;
        }
        Files.createDirectories(directory);
        for (var time : times.entrySet()) {
            Files.setLastModifiedTime(
                    directory.resolve(time.getKey()), FileTime.from(time.getValue()));
        }
        var all = new ArrayList<Path>();
        all.add(directory);
        all.addAll(lowers);
        return all;
    }

    void directory(String path) throws IOException {
        var real = image.resolve(path);
        if (!real.isEmpty() && image.find(real).isEmpty()) {
            parents(real);
            make(directory.resolve(real));
            any = true;
        }
    }

    void file(String path) throws IOException {
        var real = image.resolve(path);
        if (image.find(real).isEmpty()) {
            parents(real);
            if (!Files.exists(directory.resolve(real), LinkOption.NOFOLLOW_LINKS)) {
                Files.createFile(directory.resolve(real));
            }
            any = true;
        }
    }

    /// `/etc/mtab` is no mount point, but every container gets it.
    void mtab() throws IOException {
        if (image.find("etc").filter(LowerView.Found::directory).isPresent()
                && image.find("etc/mtab").isEmpty()) {
            parents("etc/mtab");
            Files.createSymbolicLink(directory.resolve("etc/mtab"), Path.of("/proc/mounts"));
            any = true;
        }
    }

    /// Open to all, whatever the umask of this process is.
    private static void make(Path directory) throws IOException {
        if (!Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            Files.createDirectory(directory);
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    /// Directories that the image has look in the layer above as they do in it.
    private void parents(String path) throws IOException {
        Files.createDirectories(directory);
        for (var slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            var name = path.substring(0, slash);
            var parent = directory.resolve(name);
            if (Files.isDirectory(parent, LinkOption.NOFOLLOW_LINKS)) {
                continue;
            }
            make(parent);
            var found = image.find(name);
            if (found.isPresent()) {
                Files.setAttribute(parent, "unix:uid", (int) found.get().uid());
                Files.setAttribute(parent, "unix:gid", (int) found.get().gid());
                Files.setAttribute(parent, "unix:mode", found.get().mode());
                times.put(name, found.get().modified());
            }
        }
    }
}
