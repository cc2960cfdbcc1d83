package dev.kelpie.quadlet.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// The folders that hold unit files, in the order in which they are searched: what an administrator
/// wrote comes before what a package ships.
public final class UnitFolders {
    private static final String SYSTEMD = "containers/systemd";

    private final Path root;
    private final Map<String, String> environment;
    private final Consumer<String> log;
    private final List<Path> folders = new ArrayList<>();
    private final Set<Path> visited = new HashSet<>();

    private UnitFolders(Path root, Map<String, String> environment, Consumer<String> log) {
        this.root = root;
        this.environment = environment;
        this.log = log;
    }

    /// Where the system's systemd looks.
    ///
    /// @param root `/`, or another root for a look elsewhere
    public static List<Path> ofSystem(
            Path root, Map<String, String> environment, Consumer<String> log) {
        var search = new UnitFolders(root, environment, log);
        if (!search.named()) {
            for (var above : List.of("run", "etc", "usr/share")) {
                var base = root.resolve(above).resolve(SYSTEMD);
                var users = search.resolved(base).resolve("users");
                search.walk(base, folder -> !folder.equals(users));
            }
        }
        return search.folders;
    }

    public static List<Path> ofUser(
            Path root, Map<String, String> environment, long userId, Consumer<String> log) {
        var search = new UnitFolders(root, environment, log);
        if (!search.named()) {
            search.user(Long.toString(userId));
        }
        return search.folders;
    }

    /// What `QUADLET_UNIT_DIRS` says, and then nothing else.
    private boolean named() {
        var named = environment.getOrDefault("QUADLET_UNIT_DIRS", "");
        for (var folder : named.split(":", -1)) {
            if (folder.startsWith("/")) {
                walk(Path.of(folder), _ -> true);
            } else if (!folder.isEmpty()) {
                log.accept(folder + " not a valid file path");
            }
        }
        return !named.isEmpty();
    }

    private void user(String userId) {
        var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (!runtime.isEmpty()) {
            walk(Path.of(runtime, SYSTEMD), _ -> true);
        }
        var config = environment.getOrDefault("XDG_CONFIG_HOME", "");
        var home = environment.getOrDefault("HOME", "");
        if (!config.isEmpty()) {
            walk(Path.of(config, SYSTEMD), _ -> true);
        } else if (!home.isEmpty()) {
            walk(Path.of(home, ".config", SYSTEMD), _ -> true);
        } else {
            log.accept("Warning: neither XDG_CONFIG_HOME nor HOME is set: units of /etc only");
        }
        for (var above : List.of("etc", "usr/share")) {
            var users = root.resolve(above).resolve(SYSTEMD).resolve("users");
            var resolved = resolved(users);
            walk(users.resolve(userId), _ -> true);
            walk(users, folder -> !isOfOneUser(folder, resolved));
        }
    }

    private static boolean isOfOneUser(Path folder, Path users) {
        return users.equals(folder.getParent())
                && folder.getFileName().toString().chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /// The folder and all below it, each once however it is linked; a missing one is kept for the
    /// log.
    private void walk(Path base, Predicate<Path> wanted) {
        var folder = resolved(base);
        if (!wanted.test(folder) || !visited.add(folder)) {
            return;
        }
        folders.add(folder);
        for (var name : names(folder, log)) {
            var child = folder.resolve(name);
            if (!name.endsWith(".d") && Files.isDirectory(child)) {
                walk(child, wanted);
            }
        }
    }

    private Path resolved(Path folder) {
        try {
            return folder.toRealPath();
        } catch (IOException _) {
            return folder.normalize();
        }
    }

    /// The names of a folder's entries, sorted; none when there is no such folder.
    public static List<String> names(Path folder, Consumer<String> log) {
        var names = folder.toFile().list();
        if (names == null) {
            if (Files.exists(folder)) {
                log.accept("error reading directory \"" + folder + "\"");
            }
            return List.of();
        }
        var sorted = new ArrayList<>(List.of(names));
        sorted.sort(null);
        return sorted;
    }
}
