package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.HostPathException;
import dev.kelpie.engine.spec.PodSpec;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import dev.kelpie.engine.spec.VolumeOptions;
import dev.kelpie.engine.state.StateStore;
import dev.kelpie.engine.state.VolumeRow;
import dev.kelpie.runtime.CommandFailedException;
import dev.kelpie.runtime.HostException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/// Volumes that are file systems: mounted at their place for the first who uses them, taken off
/// after the last. A file in the run root tells of each user, so that a killed service forgets
/// none; a boot ends the mounts and the files alike.
public final class VolumeMounts {

    /// The user that `volume mount` stands for.
    public static final String BY_HAND = "by-hand";

    private static final Set<String> FLAGS = Set.of("nosuid", "nodev", "noexec");

    /// Those whose owners another host says, or that have none to say.
    private static final Set<String> OTHERS_OWN =
            Set.of(
                    "nfs",
                    "nfs4",
                    "cifs",
                    "smb3",
                    "ceph",
                    "glusterfs",
                    "9p",
                    "davfs",
                    "vfat",
                    "exfat",
                    "ntfs",
                    "ntfs3",
                    "iso9660",
                    "udf",
                    "squashfs",
                    "erofs");

    private final EngineFiles files;
    private final StateStore store;
    private final HostKernel kernel;

    /// One hangs in mount(8) without the others.
    private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

    VolumeMounts(EngineFiles files, StateStore store, HostKernel kernel) {
        this.files = files;
        this.store = store;
        this.kernel = kernel;
    }

    /// Sees to it that a volume is mounted, if it is one to mount, until this user is gone.
    ///
    /// @param user a container's id, or a word for what else uses it
    /// @return whether now a file system is there that can be given to a pod's group
    public boolean use(String volume, String user) throws InterruptedException {
        var options = options(volume);
        if (options.isEmpty()) {
            return false;
        }
        var lock = lock(volume);
        lock.lockInterruptibly();
        try {
            mount(volume, options.get(), user);
        } finally {
            lock.unlock();
        }
        var type = options.get().type();
        return !options.get().readOnly() && !OTHERS_OWN.contains(type) && !type.startsWith("fuse");
    }

    private ReentrantLock lock(String volume) {
        return locks.computeIfAbsent(volume, _ -> new ReentrantLock());
    }

    /// Empty for one that is no file system of its own.
    private Optional<VolumeOptions> options(String volume) {
        return Optional.ofNullable(store.now().volumes().get(volume))
                .map(VolumeRow::made)
                .filter(VolumeOptions::mounts);
    }

    boolean mounts(String volume) {
        return options(volume).isPresent();
    }

    /// Flags of the mount that hold where it is shown too.
    List<String> flags(String volume) {
        return options(volume)
                .map(options -> options.mountOptions().stream().filter(FLAGS::contains).toList())
                .orElse(List.of());
    }

    private void mount(String volume, VolumeOptions options, String user)
            throws InterruptedException {
        var mounted = false;
        try {
            var users = files.volumeUsers().resolve(volume);
            Files.createDirectories(users);
            Files.write(users.resolve(user), new byte[0]);
            kernel.mountDevice(device(options), files.volumeContent(volume));
            mounted = true;
        } catch (HostException e) {
            var what = "volume '" + volume + "' of type '" + options.type() + "'";
            throw new HostPathException("cannot mount " + what + ": " + reason(e));
        } catch (IOException e) {
            throw new EngineIoException("cannot mount volume '" + volume + "'", e);
        } finally {
            if (!mounted) {
                release(volume, user);
            }
        }
    }

    /// Without the words of mount(8), which may hold a password.
    private static String reason(HostException failure) {
        if (!(failure instanceof CommandFailedException mount)) {
            return firstLine(failure.getMessage());
        }
        var said = firstLine(mount.stderr());
        var how =
                mount.exit() < 0 ? "mount(8) did not end by itself" : "exited with " + mount.exit();
        return said.isEmpty() ? how : how + ": " + said;
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
    public void release(String volume, String user) {
        var lock = lock(volume);
        lock.lock();
        try {
            var users = files.volumeUsers().resolve(volume);
            Files.deleteIfExists(users.resolve(user));
            if (Files.exists(users) && entries(users).isEmpty()) {
                kernel.unmount(files.volumeContent(volume));
                Files.deleteIfExists(users);
            }
        } catch (IOException e) {
            throw new EngineIoException("cannot end the use of volume '" + volume + "'", e);
        } finally {
            lock.unlock();
        }
    }

    /// Before a volume is deleted: what is mounted there is not the engine's to delete.
    public void end(String volume) {
        var lock = lock(volume);
        lock.lock();
        try {
            for (var user : entries(files.volumeUsers().resolve(volume))) {
                release(volume, String.valueOf(user.getFileName()));
            }
            kernel.unmount(files.volumeContent(volume));
        } finally {
            lock.unlock();
        }
    }

    /// At opening: who was killed while copying files, and containers that are gone, use none.
    public void keepUsers(Set<String> containers) {
        for (var folder : entries(files.volumeUsers())) {
            for (var entry : entries(folder)) {
                var user = String.valueOf(entry.getFileName());
                if (!user.equals(BY_HAND) && !containers.contains(user)) {
                    release(String.valueOf(folder.getFileName()), user);
                }
            }
        }
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

    /// Those of them that one container mounts.
    public static Set<String> named(PodSpec pod, List<VolumeMount> mounts) {
        var names = new LinkedHashSet<String>();
        for (var volume : pod.volumes()) {
            if (volume.source() instanceof Volume.Named(String name)
                    && mounts.stream().anyMatch(each -> each.volume().equals(volume.name()))) {
                names.add(name);
            }
        }
        return names;
    }
}
