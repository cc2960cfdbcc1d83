package dev.kelpie.quadlet.installed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The folder that unit files are installed into. `.NAME.app` files say which files belong
/// together.
public final class InstallFolder {
    private static final String APP = ".app";

    private final Path folder;

    public InstallFolder(Path folder) {
        this.folder = folder;
    }

    /// `/etc/containers/systemd` for root, else below the user's configuration.
    public static InstallFolder of(boolean user, Map<String, String> environment) {
        var config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        var home = environment.getOrDefault("HOME", "");
        if (user && config.isEmpty() && home.isEmpty()) {
            throw new InstallException("neither XDG_CONFIG_HOME nor HOME is set");
        }
        var base =
                !user
                        ? Path.of("/etc")
                        : config.isEmpty() ? Path.of(home, ".config") : Path.of(config);
        return new InstallFolder(base.resolve("containers").resolve("systemd"));
    }

    public Path path() {
        return folder;
    }

    /// Writes files that belong to one application: all, or none when one cannot be.
    ///
    /// @param files content by name below this folder
    /// @param replace whether files of these names may be there already
    /// @return the files' paths
    public List<Path> install(String app, Map<String, byte[]> files, boolean replace) {
        for (var name : files.keySet()) {
            if (!replace && Files.exists(folder.resolve(name))) {
                throw new InstallException(
                        "a Quadlet with name " + name + " already exists, refusing to overwrite");
            }
        }
        var written = new LinkedHashMap<Path, Path>();
        try {
            for (var file : files.entrySet()) {
                var target = folder.resolve(file.getKey());
                Files.createDirectories(target.getParent());
                var half = target.resolveSibling("." + target.getFileName() + ".new");
                written.put(target, half);
                Files.write(half, file.getValue());
            }
            for (var each : written.entrySet()) {
                Files.move(
                        each.getValue(),
                        each.getKey(),
                        StandardCopyOption.REPLACE_EXISTING,
                        StandardCopyOption.ATOMIC_MOVE);
            }
            var members = new LinkedHashSet<>(members(app));
            members.addAll(files.keySet());
            write(app, members);
        } catch (IOException e) {
            throw new InstallException("cannot write to '" + folder + "': " + e.getMessage());
        } finally {
            written.values().forEach(InstallFolder::deleteQuietly);
        }
        return List.copyOf(written.keySet());
    }

    /// The files of an application.
    ///
    /// @param app its file, `.NAME.app`
    public List<String> members(String app) {
        var file = folder.resolve(app);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8).stream()
                    .map(String::strip)
                    .filter(InstallFolder::isInside)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What somebody wrote into the file must not lead out of the folder.
    private static boolean isInside(String name) {
        var path = Path.of(name).normalize();
        return !name.isEmpty() && !path.isAbsolute() && !path.startsWith("..");
    }

    /// All application files.
    public List<String> apps() {
        var names = folder.toFile().list();
        var apps = new ArrayList<String>();
        for (var name : names == null ? new String[0] : names) {
            if (name.startsWith(".") && name.endsWith(APP) && name.length() > 1 + APP.length()) {
                apps.add(name);
            }
        }
        apps.sort(null);
        return apps;
    }

    /// The application that a file belongs to.
    public Optional<String> appOf(String file) {
        return apps().stream().filter(app -> members(app).contains(file)).findFirst();
    }

    public boolean has(String file) {
        return isInside(file) && Files.exists(folder.resolve(file));
    }

    /// Removes a file, if it is there.
    public void remove(String file) {
        try {
            Files.deleteIfExists(folder.resolve(file));
            var above = folder.resolve(file).getParent();
            if (above != null && !above.equals(folder) && isEmpty(above)) {
                Files.delete(above);
            }
        } catch (IOException e) {
            throw new InstallException("cannot remove '" + file + "': " + e.getMessage());
        }
    }

    private static boolean isEmpty(Path directory) {
        var names = directory.toFile().list();
        return names != null && names.length == 0;
    }

    private void write(String app, Iterable<String> members) throws IOException {
        Files.writeString(folder.resolve(app), String.join("\n", members) + "\n");
    }

    private static void deleteQuietly(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException _) { // it was only a half
        }
    }
}
