package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.PodNetwork;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.StateStore;
import dev.kelpie.runtime.spec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;

/// What is mounted into a container that nobody asked for by name: the files of its pod, and places
/// in memory.
final class OwnMounts {

    /// systemd looks for memory at these places, see its CONTAINER_INTERFACE.
    private static final List<String> SYSTEMD_MEMORY =
            List.of("/run", "/run/lock", "/tmp", "/var/log/journal");

    private static final Path UNIFIED = Path.of("/sys/fs/cgroup/cgroup.controllers");

    /// Its control group, in which it makes others.
    private static final Mount GROUPS =
            new Mount(
                    "/sys/fs/cgroup",
                    "cgroup",
                    "cgroup",
                    List.of("rprivate", "nosuid", "noexec", "nodev", "relatime", "rw"));

    private static final List<String> MEMORY =
            List.of("rw", "rprivate", "nosuid", "nodev", "tmpcopyup");

    private final EngineFiles files;
    private final StateStore store;
    private final AccountFiles accounts;

    OwnMounts(EngineFiles files, StateStore store, AccountFiles accounts) {
        this.files = files;
        this.store = store;
        this.accounts = accounts;
    }

    /// Adds all of them, where nothing else is mounted yet.
    void add(PodRow pod, ContainerRow container, List<UserMounts.Plain> mounts) throws IOException {
        addInMemory(container, mounts);
        addPods(pod, container, mounts);
    }

    /// The paths that the image declares as volumes and that are in memory, and what systemd wants
    /// there.
    private static void addInMemory(ContainerRow container, List<UserMounts.Plain> mounts) {
        var manner = container.spec().policy().lifecycle().manner();
        var paths = new LinkedHashSet<>(manner.inMemory());
        if (manner.runsSystemd(container.image().process().argv())) {
            paths.addAll(SYSTEMD_MEMORY);
            if (Files.exists(UNIFIED)) {
                mounts.add(new UserMounts.Plain(GROUPS, UserMounts.Ownership.FOREIGN));
            }
        }
        mounts.forEach(plain -> paths.remove(plain.mount().destination()));
        paths.stream()
                .map(path -> new Mount(path, "tmpfs", "tmpfs", MEMORY))
                .map(mount -> new UserMounts.Plain(mount, UserMounts.Ownership.FOREIGN))
                .forEach(mounts::add);
    }

    /// The pod's own files, where the user put nothing else.
    private void addPods(PodRow pod, ContainerRow container, List<UserMounts.Plain> mounts)
            throws IOException {
        var taken = new HashSet<String>();
        mounts.forEach(plain -> taken.add(plain.mount().destination()));
        var own = new ArrayList<Mount>();
        var names = pod.spec().network().files();
        if (names.hosts()) {
            own.add(Mount.bind(files.hosts(named(pod)), "/etc/hosts", false));
        }
        own.add(Mount.bind(files.resolvConf(named(pod)), "/etc/resolv.conf", false));
        if (names.hostname()) {
            own.add(Mount.bind(files.hostname(pod.id()), "/etc/hostname", false));
        }
        own.add(Mount.bind(files.containerEnv(pod.id()), "/run/.containerenv", false));
        var hostIpc = pod.spec().sharing().hostIpc();
        var shm = Mount.bind(hostIpc ? Path.of("/dev/shm") : shm(pod), "/dev/shm", false);
        own.add(shm);
        own.addAll(accounts.mounts(pod, container));
        own.stream()
                .filter(mount -> !taken.contains(mount.destination()))
                .map(mount ->
                        new UserMounts.Plain(
                                mount,
                                hostIpc && mount.equals(shm)
                                        ? UserMounts.Ownership.FOREIGN
                                        : UserMounts.Ownership.PODS))
                .forEach(mounts::add);
    }

    /// Names go with the network: those of the pod of another container whose network it is.
    private String named(PodRow pod) {
        return pod.spec().network().mode() instanceof PodNetwork.OfContainer(var name)
                ? store.now().containerNamed(name).map(ContainerRow::pod).orElse(pod.id())
                : pod.id();
    }

    /// Shared memory goes with the queues: another container's where those are.
    private Path shm(PodRow pod) {
        var owner =
                pod.spec()
                        .sharing()
                        .scopes()
                        .ipcOf()
                        .flatMap(id -> store.now().container(id))
                        .map(ContainerRow::pod)
                        .orElse(pod.id());
        return files.shm(owner);
    }
}
