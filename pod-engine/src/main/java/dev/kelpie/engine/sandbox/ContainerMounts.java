package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.report.MountPoint;
import dev.kelpie.engine.spec.ImageSource;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.StateStore;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import dev.kelpie.runtime.spec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// What is mounted into a container besides its root: the volumes of its pod, those its image
/// declares, and the pod's own files.
public final class ContainerMounts {

    private final EngineFiles files;
    private final StateStore store;
    private final HostKernel kernel;
    private final VolumeOwnership ownership;
    private final VolumeContents contents;
    private final SecretVolumes secrets;
    private final UserMounts users;
    private final MountPoints mountPoints;
    private final OwnMounts own;
    private final MemoryMounts memory;
    private final VolumeMounts volumeMounts;
    private final UsersVolumes givenToUsers;

    public ContainerMounts(
            EngineFiles files, StateStore store, HostKernel kernel, SecretVolumes secrets) {
        this.files = files;
        this.store = store;
        this.kernel = kernel;
        this.ownership = new VolumeOwnership(kernel);
        this.contents = new VolumeContents(files, store);
        this.secrets = secrets;
        this.users = new UserMounts(files, kernel);
        this.mountPoints = new MountPoints(files.mountPoints());
        this.own = new OwnMounts(files, store, new AccountFiles(files, kernel));
        this.memory = new MemoryMounts(files);
        this.volumeMounts = new VolumeMounts(files, store, kernel);
        this.givenToUsers = new UsersVolumes(files, kernel);
    }

    /// Makes the directories of a pod's volumes that are not there yet.
    public void makeVolumes(PodRow pod) {
        try {
            HostPaths.make(pod.spec());
            for (var volume : pod.spec().volumes()) {
                if (volume.source() instanceof Volume.EmptyDir(boolean inMemory, _) && !inMemory) {
                    var directory = files.emptyDir(pod.id(), volume.name());
                    VolumeContents.makeDirectory(directory, "rwxrwxrwx");
                    ownership.give(pod.spec(), volume, directory);
                } else if (volume.source() instanceof Volume.Named(String name)) {
                    var content = contents.make(name);
                    if (!volumeMounts.mounts(name)) {
                        ownership.give(pod.spec(), volume, content);
                    }
                }
            }
        } catch (IOException e) {
            throw new EngineIoException("cannot make the volumes of '" + pod.name() + "'", e);
        }
    }

    /// Mounts the container's root: its own changes above the layers of its image. The pod's
    /// namespaces are there.
    public void mountRoot(PodRow pod, ContainerRow container) throws IOException {
        mountRoot(pod, container, files.userNamespace(pod.id()));
    }

    /// The same for users given by their namespace's file.
    private void mountRoot(PodRow pod, ContainerRow container, Path namespace) throws IOException {
        var upper = files.upper(container.id());
        var work = files.work(container.id());
        var target = files.rootfs(container.id());
        var ids = UserMounts.changes(pod);
        if (container.spec().image().content() == ImageSource.Content.FOLDER) {
            Files.createDirectories(target);
            kernel.unmount(target);
            showFolder(container, target, namespace, ids.isPresent());
            return;
        }
        if (!Files.exists(upper)) {
            Files.createDirectories(upper);
            if (ids.isPresent()) {
                UserMounts.giveTop(upper, ids.get());
            }
        }
        kernel.removeTree(work);
        Files.createDirectories(work);
        Files.createDirectories(target);
        kernel.unmount(target);
        if (ids.isEmpty()) {
            var layers = new ArrayList<>(UserMounts.layers(container));
            layers.add(mountPoints.layer());
            kernel.overlay(layers, upper, work, target);
            return;
        }
        var lowers = files.lowers(container.id());
        var layers = users.layers(pod, container, namespace, lowers);
        kernel.overlay(layers, upper, work, target);
        kernel.unmountBelow(lowers);
    }

    private void showFolder(ContainerRow container, Path target, Path namespace, boolean others) {
        var folder = Path.of(container.spec().image().reference());
        if (!others) {
            kernel.bind(folder, target, false);
        } else if (!kernel.bindMapped(folder, target, namespace, false)) {
            throw new InvalidRequestException(
                    "the kernel cannot show '"
                            + folder
                            + "' to users of their own: use it with ':O', which leaves it as it is");
        }
    }

    /// As `mountRoot` while the pod does not run.
    public void mountRootAlone(PodRow pod, ContainerRow container)
            throws IOException, InterruptedException {
        var folder = files.runContainer(container.id()).resolve("ns");
        if (UserMounts.changes(pod).isEmpty() || !kernel.mapsMounts()) {
            mountRoot(pod, container);
            return;
        }
        kernel.makeNamespaces(folder, "alone", Map.of(), pod.ids());
        try {
            mountRoot(pod, container, folder.resolve("user"));
        } finally {
            kernel.dropNamespaces(folder);
        }
    }

    /// The infra containers' root where one that has users of its own finds it.
    public void showInfraRoot(ContainerRow infra) throws IOException {
        var target = files.rootfs(infra.id());
        Files.createDirectories(target);
        kernel.unmount(target);
        kernel.bind(files.infraRoot(), target, false);
    }

    /// After a pod with users of its own is gone: what was copied for it goes too.
    public void forgetCopies() throws IOException {
        users.forgetCopies(store.now());
    }

    /// How the owners of the container's files are called inside; empty: the same.
    public Optional<IdMappings> owners(PodRow pod) {
        return UserMounts.changes(pod);
    }

    /// As `owners`, for the files of its volumes on the host.
    public Optional<IdMappings> ownersInVolumes(PodRow pod) {
        return kernel.mapsMounts() ? Optional.empty() : UserMounts.changes(pod);
    }

    /// Forgets what a container that is down has changed of its image.
    public void forgetChanges(ContainerRow container) {
        try {
            kernel.removeTree(files.upper(container.id()));
        } catch (IOException e) {
            throw new EngineIoException(
                    "cannot forget the changes of container '" + container.name() + "'", e);
        }
    }

    /// Volumes that are mounted only while they are used.
    public VolumeMounts volumeMounts() {
        return volumeMounts;
    }

    /// Everything to mount; the container's root is mounted already. New volumes are filled with
    /// what the image has at their place.
    public List<Mount> prepare(PodRow pod, ContainerRow container) throws InterruptedException {
        var mounts = new ArrayList<UserMounts.Plain>();
        try {
            var mine = container.spec().mounts();
            for (int i = 0; i < mine.size(); i++) {
                mounts.add(
                        new UserMounts.Plain(
                                mount(pod, container, mine.get(i), i),
                                ownership(pod, volume(pod, mine.get(i).volume()))));
            }
            for (var declared : container.image().volumes().entrySet()) {
                var content = contents.make(declared.getValue());
                fill(pod, container.id(), declared.getKey(), declared.getValue());
                mounts.add(
                        new UserMounts.Plain(
                                Mount.bind(content, declared.getKey(), false),
                                UserMounts.Ownership.VOLUMES));
            }
            own.add(pod, container, mounts);
            return users.shown(pod, container, mounts);
        } catch (IOException e) {
            throw new EngineIoException(
                    "cannot mount the volumes of container '" + container.name() + "'", e);
        }
    }

    private static UserMounts.Ownership ownership(PodRow pod, Volume volume) {
        return switch (volume.source()) {
            case Volume.HostPath _ -> UserMounts.ofHostPaths(pod);
            case Volume.Named _ -> UserMounts.Ownership.VOLUMES;
            case Volume.Image _, Volume.Nfs _ -> UserMounts.Ownership.FOREIGN;
            case Volume.EmptyDir _,
                    Volume.Tmpfs _,
                    Volume.Secret _,
                    Volume.SecretFile _,
                    Volume.ConfigMap _,
                    Volume.Projected _ ->
                    UserMounts.Ownership.PODS;
        };
    }

    private Mount mount(PodRow pod, ContainerRow container, VolumeMount mount, int index)
            throws IOException, InterruptedException {
        var volume = volume(pod, mount.volume());
        if (volume.source() instanceof Volume.Tmpfs(var options)) {
            return memory.mount(container, mount.mountPath(), options);
        }
        if (volume.source() instanceof Volume.Named(String name)
                && volumeMounts.use(name, container.id())) {
            ownership.give(pod.spec(), volume, contents.of(name));
        }
        var source =
                volume.source() instanceof Volume.SecretFile file
                        ? secrets.file(pod, container, volume, file)
                        : source(pod, volume);
        if (mount.copyUp() && volume.source() instanceof Volume.Named(String name)) {
            fill(pod, container.id(), mount.mountPath(), name);
        }
        if (mount.subPath().isPresent()) {
            var target = files.subPaths(container.id()).resolve(Integer.toString(index));
            kernel.bindInside(source, mount.subPath().get(), target);
            source = target;
        }
        var propagation = mount.propagation().name().toLowerCase(Locale.ROOT);
        var readOnly = mount.readOnly() || isReadOnly(volume);
        var options = new LinkedHashSet<>(List.of("rbind", propagation, writing(mount, readOnly)));
        options.addAll(mount.flags());
        if (options.remove(UsersVolumes.WORD)) {
            givenToUsers.give(pod, container, ownership(pod, volume), source);
        }
        if (volume.source() instanceof Volume.Named(String name)) {
            options.addAll(volumeMounts.flags(name));
        }
        return Mount.bind(source, mount.mountPath(), readOnly).withOptions(List.copyOf(options));
    }

    private static String writing(VolumeMount mount, boolean readOnly) {
        if (!readOnly) {
            return "rw";
        }
        return mount.recursiveReadOnly() ? "rro" : "ro";
    }

    /// Where on the host a volume of the pod lies.
    public Path source(PodRow pod, String volume) {
        return source(pod, volume(pod, volume));
    }

    /// Where on the host the volumes of a container lie, by the path it sees them at.
    public List<Source> sources(PodRow pod, ContainerRow container) {
        var sources = new ArrayList<Source>();
        for (var mount : container.spec().mounts()) {
            var volume = volume(pod, mount.volume());
            if (!(volume.source() instanceof Volume.Tmpfs)) {
                var path = source(pod, volume);
                sources.add(new Source(mount.mountPath(), path, mount.subPath().orElse("")));
            }
        }
        container
                .image()
                .volumes()
                .forEach((path, name) ->
                        sources.add(new Source(path, files.volumeContent(name), "")));
        return sources;
    }

    /// A volume on the host and the part of it that is mounted.
    public record Source(String mountPath, Path path, String subPath) {}

    private Path source(PodRow pod, Volume volume) {
        return switch (volume.source()) {
            case Volume.HostPath(Path path, _) -> path;
            case Volume.EmptyDir(boolean inMemory, _) ->
                    inMemory
                            ? files.memoryDir(pod.id(), volume.name())
                            : files.emptyDir(pod.id(), volume.name());
            case Volume.Tmpfs _ -> throw new IllegalStateException("it is nowhere on the host");
            case Volume.Named(String name) -> contents.of(name);
            case Volume.Secret _ -> files.secretVolume(pod.id(), volume.name());
            case Volume.SecretFile _ -> files.secretMemory(pod.id());
            case Volume.ConfigMap _ -> files.configMap(pod.id(), volume.name());
            case Volume.Projected projected ->
                    SecretVolumes.directory(files, pod, volume.name(), projected);
            case Volume.Image _ -> files.imageVolume(pod.id(), volume.name());
            case Volume.Nfs _ -> files.nfsVolume(pod.id(), volume.name());
        };
    }

    /// Whether the engine alone writes it, as the kubelet does with volumes of some kinds, or it
    /// was made to be read only.
    private boolean isReadOnly(Volume volume) {
        return switch (volume.source()) {
            case Volume.Secret _,
                    Volume.SecretFile _,
                    Volume.ConfigMap _,
                    Volume.Projected _,
                    Volume.Image _ ->
                    true;
            case Volume.Named(String name) -> contents.readOnly(name);
            case Volume.Nfs nfs -> nfs.readOnly();
            case Volume.HostPath _, Volume.EmptyDir _ -> false;
            case Volume.Tmpfs(var options) -> options.contains("ro");
        };
    }

    private static Volume volume(PodRow pod, String name) {
        return pod.spec().volumes().stream()
                .filter(volume -> volume.name().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidRequestException(
                                "pod '" + pod.name() + "' has no volume '" + name + "'"));
    }

    /// Copies the image's content into a volume that never was used, once.
    private void fill(PodRow pod, String container, String path, String volume)
            throws IOException, InterruptedException {
        var row = store.now().volumes().get(volume);
        if (row == null || row.filled()) {
            return;
        }
        var content = contents.of(volume);
        try (var entries = Files.list(content)) {
            if (entries.findAny().isEmpty()) {
                kernel.copyOut(files.rootfs(container), path, content, users.ofCopies(pod));
            }
        }
        store.change(change -> change.put(row.withFilled()));
    }

    /// What inspect shows: what the user or the image asked for.
    public List<MountPoint> facts(PodRow pod, ContainerRow container) {
        var facts = new ArrayList<MountPoint>();
        for (var mount : container.spec().mounts()) {
            pod.spec().volumes().stream()
                    .filter(volume -> volume.name().equals(mount.volume()))
                    .findFirst()
                    .filter(volume -> !(volume.source() instanceof Volume.SecretFile))
                    .ifPresent(volume -> facts.add(fact(pod, volume, mount)));
        }
        container
                .image()
                .volumes()
                .forEach((path, name) ->
                        facts.add(
                                new MountPoint(
                                        "volume",
                                        name,
                                        files.volumeContent(name).toString(),
                                        path,
                                        List.of("rbind"),
                                        false,
                                        "rprivate",
                                        "")));
        return facts;
    }

    private MountPoint fact(PodRow pod, Volume volume, VolumeMount mount) {
        if (volume.source() instanceof Volume.Tmpfs(var options)) {
            return MountPoint.inMemory(mount.mountPath(), options);
        }
        var name = volume.source() instanceof Volume.Named(String claim) ? claim : "";
        var options = new ArrayList<>(mount.flags());
        options.add("rbind");
        return new MountPoint(
                name.isEmpty() ? "bind" : "volume",
                name,
                source(pod, volume).toString(),
                mount.mountPath(),
                options,
                mount.readOnly() || isReadOnly(volume),
                mount.propagation().name().toLowerCase(Locale.ROOT),
                mount.subPath().orElse(""));
    }
}
