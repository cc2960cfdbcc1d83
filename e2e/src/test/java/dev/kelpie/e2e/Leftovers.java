package dev.kelpie.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What an engine leaves on the host. What names the engine's directory is its own for certain.
/// Bridges, nft tables and cgroups are compared with those from before; that is left out when other
/// engines work at the same time (`KELPIE_E2E_SHARED_HOST=1`).
final class Leftovers {
    private static final Path PROC = Path.of("/proc");

    private final String directory;
    private final Set<String> before;

    private Leftovers(Path directory) {
        this.directory = directory.toString();
        this.before = shared() ? Set.of() : hostState();
    }

    static Leftovers watch(Path directory) {
        return new Leftovers(directory);
    }

    /// Fails unless all is gone, or goes within a moment.
    void check(Kelpie kelpie) {
        var files = Kelpie.isKelpie() ? filesOf(kelpie) : List.<String>of();
        for (var i = 0; i < 100 && !now().isEmpty(); i++) {
            sleep();
        }
        var left = new ArrayList<>(now());
        left.addAll(files);
        if (!left.isEmpty()) {
            sweep();
        }
        assertThat(left).as("left on the host after the last test").isEmpty();
    }

    /// The files that bear the id of a pod or container which is gone.
    List<String> filesOf(Kelpie kelpie) {
        var found = new ArrayList<String>();
        for (var top : List.of(kelpie.root(), kelpie.runroot())) {
            for (var path : Trees.list(top)) {
                var name = path.getFileName().toString();
                if (kelpie.idsSeen().stream().anyMatch(id -> name.contains(id.substring(0, 12)))) {
                    found.add("file " + path);
                }
            }
        }
        return found;
    }

    /// What is there now: processes, mounts, and what the host has more than before.
    List<String> now() {
        var found = new ArrayList<String>();
        processes().forEach(pid -> found.add("process " + pid + " " + words(pid)));
        mounts("self").stream()
                .filter(line -> line.contains(directory))
                .forEach(line -> found.add("mount " + line));
        if (!shared()) {
            hostState().stream().filter(item -> !before.contains(item)).forEach(found::add);
        }
        return found;
    }

    /// The pids of processes that name the directory or have their root below it. Only these are
    /// ours for certain: the mounts of an engine are seen in other mount namespaces too.
    List<String> processes() {
        return pids().stream()
                .filter(pid -> words(pid).contains(directory) || isInside(pid))
                .toList();
    }

    /// Those among them that run this program.
    List<String> processesOf(String program) {
        return processes().stream()
                .map(Leftovers::words)
                .filter(words -> words.split(" ", 2)[0].endsWith("/" + program))
                .toList();
    }

    private boolean isInside(String pid) {
        return mounts(pid).stream()
                .filter(line -> line.split(" ", 6)[4].equals("/"))
                .anyMatch(line -> line.contains(directory));
    }

    private static List<String> pids() {
        var self = Long.toString(ProcessHandle.current().pid());
        try (var entries = Files.list(PROC)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("[0-9]+"))
                    .filter(name -> !name.equals(self) && !name.equals("1"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String words(String pid) {
        return read(PROC.resolve(pid).resolve("cmdline")).replace('\0', ' ');
    }

    private static List<String> mounts(String pid) {
        return read(PROC.resolve(pid).resolve("mountinfo")).lines().toList();
    }

    private static String read(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            return "";
        }
    }

    /// Network links, nft tables, named network namespaces, cgroups, run directories and what the
    /// examples keep in `/tmp`, which the next user of the host could not write.
    private static Set<String> hostState() {
        var state = new TreeSet<String>();
        names("/sys/class/net").forEach(name -> state.add("link " + name));
        Host.run("nft", "list", "tables").lines().forEach(name -> state.add("nft " + name));
        for (var top : List.of("/run", "/run/netns", "/dev/shm", "/var/lib", "/var/run")) {
            names(top).forEach(name -> state.add("file " + top + "/" + name));
        }
        names("/tmp").stream()
                .filter(name -> name.startsWith("kelpie-example-"))
                .forEach(name -> state.add("file /tmp/" + name));
        for (var cgroup : Trees.list(Path.of("/sys/fs/cgroup"))) {
            if (Files.isDirectory(cgroup, LinkOption.NOFOLLOW_LINKS)) {
                state.add("cgroup " + cgroup);
            }
        }
        return state;
    }

    private static Set<String> names(String directory) {
        if (!Files.isDirectory(Path.of(directory))) {
            return Set.of();
        }
        try (var entries = Files.list(Path.of(directory))) {
            return entries.map(entry -> entry.getFileName().toString()).collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean shared() {
        return System.getenv("KELPIE_E2E_SHARED_HOST") != null;
    }

    /// Ends and unmounts what is left, so that one failure does not spoil the classes after it.
    private void sweep() {
        processes().forEach(pid -> Host.run("kill", "-9", pid));
        for (var line : mounts("self").reversed()) {
            if (line.contains(directory)) {
                Host.run("umount", "-l", line.split(" ", 6)[4]);
            }
        }
    }

    private static void sleep() {
        try {
            Thread.sleep(100);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
