package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.HostPathException;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeOptions;
import dev.kelpie.engine.state.StateStore;
import dev.kelpie.engine.state.VolumeRow;
import dev.kelpie.runtime.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Volumes that are file systems: mounted at their place for the first who uses them, taken off
/// after the last. A file in the run root tells of each user, so that a killed service forgets
/// none; a boot ends the mounts and the files alike.
public final class VolumeMounts {

    private static final Set<String> FLAGS = Set.of("nosuid", "nodev", "noexec");

    private final EngineFiles files;
    private final StateStore store;
    private final HostKernel kernel;

    VolumeMounts(EngineFiles files, StateStore store, HostKernel kernel) {
        this.files = files;
        this.store = store;
        this.kernel = kernel;
    }

    /// Sees to it that a volume is mounted, if it is one to mount, until this user is gone.
    ///
    /// @param user a container's id, or a word for what else uses it
    public void use(String volume, String user) throws InterruptedException {
        var options =
                Optional.ofNullable(store.now().volumes().get(volume))
                        .map(VolumeRow::made)
                        .filter(VolumeOptions::mounts);
        if (options.isPresent()) {
            mount(volume, options.get(), user);
        }
    }

    /// Flags of the mount that hold where it is shown too.
    List<String> flags(String volume) {
        return Optional.ofNullable(store.now().volumes().get(volume))
                .map(VolumeRow::made)
                .filter(VolumeOptions::mounts)
                .map(options -> options.mountOptions().stream().filter(FLAGS::contains).toList())
                .orElse(List.of());
    }

    private synchronized void mount(String volume, VolumeOptions options, String user)
            throws InterruptedException {
        var mounted = false;
        try {
            var users = files.volumeUsers().resolve(volume);
            Files.createDirectories(users);
            Files.write(users.resolve(user), new byte[0]);
            kernel.mountDevice(device(options), files.volumeContent(volume));
            mounted = true;
        } catch (HostException e) {
            throw new HostPathException(
                    "cannot mount volume '" + volume + "': " + firstLine(e.getMessage()));
        } catch (IOException e) {
            throw new EngineIoException("cannot mount volume '" + volume + "'", e);
        } finally {
            if (!mounted) {
                release(volume, user);
            }
        }
    }

    private static String firstLine(@Nullable String message) {
        return String.valueOf(message).lines().findFirst().orElse("");
    }

    private static HostKernel.Device device(VolumeOptions options) {
        var words = new ArrayList<>(options.mountOptions());
        options.uid().ifPresent(id -> words.add("uid=" + id));
        options.gid().ifPresent(id -> words.add("gid=" + id));
        return new HostKernel.Device(options.type(), options.device(), words);
    }

    /// This user needs none any more.
    public void release(String user) {
        for (var folder : entries(files.volumeUsers())) {
            if (Files.exists(folder.resolve(user))) {
                release(String.valueOf(folder.getFileName()), user);
            }
        }
    }

    /// This user needs one volume no more.
    public synchronized void release(String volume, String user) {
        var users = files.volumeUsers().resolve(volume);
        try {
            Files.deleteIfExists(users.resolve(user));
            if (Files.exists(users) && entries(users).isEmpty()) {
                kernel.unmount(files.volumeContent(volume));
                Files.deleteIfExists(users);
            }
        } catch (IOException e) {
            throw new EngineIoException("cannot end the use of volume '" + volume + "'", e);
        }
    }

    /// Before a volume is deleted: what is mounted there is not the engine's to delete.
    public synchronized void end(String volume) {
        for (var user : entries(files.volumeUsers().resolve(volume))) {
            release(volume, String.valueOf(user.getFileName()));
        }
        kernel.unmount(files.volumeContent(volume));
    }

    private static List<Path> entries(Path folder) {
        if (!Files.exists(folder)) {
            return List.of();
        }
        try (var entries = Files.list(folder)) {
            return entries.toList();
        } catch (IOException e) {
            throw new EngineIoException("cannot read '" + folder + "'", e);
        }
    }

    /// Names of the volumes a pod mounts that live on without it.
    public static Set<String> named(PodSpec pod) {
        var names = new LinkedHashSet<String>();
        for (var volume : pod.volumes()) {
            if (volume.source() instanceof Volume.Named(String name)) {
                names.add(name);
            }
        }
        return names;
    }
}
