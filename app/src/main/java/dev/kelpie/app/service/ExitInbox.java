package dev.kelpie.app.service;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Hears that a container has ended: conmon runs a small script, which leaves a file named by the
/// container's id in a directory and wakes the service when none runs.
public final class ExitInbox implements AutoCloseable {
    /// Takes the id of a container that has ended. When it throws, the id is told again by the next
    /// service.
    public interface Listener {
        void containerEnded(String id) throws InterruptedException;
    }

    private static final Logger LOG = System.getLogger(ExitInbox.class.getName());
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0,127}");

    private final ServiceOptions options;
    private final Activity activity;
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();
    private @Nullable WatchService watch;

    public ExitInbox(ServiceOptions options, Activity activity) {
        this.options = options;
        this.activity = activity;
    }

    /// Writes the script and makes the directory; to be done before any container is started.
    public void prepare() {
        try {
            Files.createDirectories(options.exitInbox());
            var fresh = options.exitScript().resolveSibling("exited.sh.new");
            Files.writeString(fresh, script(), UTF_8);
            Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwx------"));
            Files.move(fresh, options.exitScript(), ATOMIC_MOVE);
        } catch (IOException e) {
            throw new ServiceException("cannot write '" + options.exitScript() + "'", e);
        }
    }

    /// The command for conmon; the container's id is to be appended.
    public List<String> command() {
        return List.of("/bin/sh", options.exitScript().toString());
    }

    /// Tells of those that ended while nobody listened, then of each as it ends; every id on a
    /// virtual thread of its own, never the same id twice at once.
    public void listen(Listener listener) {
        try {
            var watcher = options.exitInbox().getFileSystem().newWatchService();
            options.exitInbox().register(watcher, StandardWatchEventKinds.ENTRY_CREATE);
            watch = watcher;
            Thread.ofPlatform().daemon().name("exit-inbox").start(() -> loop(watcher, listener));
        } catch (IOException e) {
            throw new ServiceException("cannot watch '" + options.exitInbox() + "'", e);
        }
    }

    @Override
    public void close() {
        try {
            if (watch != null) {
                watch.close();
            }
        } catch (IOException e) {
            LOG.log(Level.WARNING, "cannot close the watch", e);
        }
    }

    private void loop(WatchService watcher, Listener listener) {
        try {
            takeUpUnfinished();
            while (true) {
                readAll(listener);
                var key = watcher.take();
                key.pollEvents();
                key.reset();
            }
        } catch (InterruptedException | ClosedWatchServiceException _) {
            // the service ends
        }
    }

    /// What an earlier service had begun and not finished.
    private void takeUpUnfinished() {
        try (var files = Files.newDirectoryStream(options.exitInbox(), ".*")) {
            for (var file : files) {
                var name = String.valueOf(file.getFileName());
                Files.move(file, file.resolveSibling(name.substring(1)), ATOMIC_MOVE);
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "cannot read '" + options.exitInbox() + "'", e);
        }
    }

    private void readAll(Listener listener) {
        try (var files = Files.newDirectoryStream(options.exitInbox())) {
            for (var file : files) {
                var id = String.valueOf(file.getFileName());
                if (ID.matcher(id).matches() && underWay.add(id)) {
                    Thread.ofVirtual().name("ended-" + id).start(() -> tellAll(file, id, listener));
                }
            }
        } catch (IOException e) {
            LOG.log(Level.ERROR, "cannot read '" + options.exitInbox() + "'", e);
        }
    }

    /// A container that was restarted may end again while its first end is being handled.
    private void tellAll(Path file, String id, Listener listener) {
        try (var _ = activity.begin()) {
            while (Files.exists(file) && tell(file, id, listener)) {
                underWay.remove(id);
                if (!Files.exists(file) || !underWay.add(id)) {
                    return;
                }
            }
        }
    }

    /// Keeps the id under a hidden name until it is dealt with.
    private boolean tell(Path file, String id, Listener listener) {
        try {
            var begun = file.resolveSibling("." + id);
            Files.move(file, begun, ATOMIC_MOVE);
            listener.containerEnded(id);
            Files.deleteIfExists(begun);
            return true;
        } catch (InterruptedException _) {
            return false;
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.ERROR, "the end of container '" + id + "' could not be handled", e);
            return false;
        }
    }

    /// In the script: conmon hands on its own OOM protection and umask, a service must not have
    /// them.
    private String script() {
        var start = new StringBuilder("setsid /bin/sh ");
        start.append(quote(options.home().resolve("kelpie-service").toString()));
        options.toArguments().forEach(word -> start.append(' ').append(quote(word)));
        return """
        #!/bin/sh
        # written by kelpie: conmon runs this when a container has ended
        umask 077
        : > %s/"$1"
        flock -n %s true 2>/dev/null || exit 0
        echo 0 2>/dev/null > /proc/self/oom_score_adj
        cd /
        %s </dev/null >>%s 2>&1 &
        """
                .formatted(
                        quote(options.exitInbox().toString()),
                        quote(options.lockFile().toString()),
                        start,
                        quote(options.logFile().toString()));
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }
}
