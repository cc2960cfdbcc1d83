package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.spec.PodUsers;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.engine.state.State;
import dev.kelpie.runtime.spec.Linux.IdMappings;
import dev.kelpie.runtime.spec.Mount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Files as they are shown to a pod with users of its own: on the disk they have the ids that they
/// have inside, and mounts translate. Where mounts cannot, image and volumes are given to the pod's
/// users for real.
final class UserMounts {

    private final EngineFiles files;
    private final HostKernel kernel;
    private final ShiftedLayers shifted;

    UserMounts(EngineFiles files, HostKernel kernel) {
        this.files = files;
        this.kernel = kernel;
        this.shifted = new ShiftedLayers(files, kernel);
    }

    /// Whose the files behind a mount are, which says what may be done with them.
    enum Ownership {
        /// The engine's, made for this pod.
        PODS,
        /// A volume's, which other pods may have too.
        VOLUMES,
        /// The host's, to be shown as the pod's.
        HOSTS,
        /// The host's, to be shown as they are.
        FOREIGN
    }

    /// A mount as it would be without users of its own.
    record Plain(Mount mount, Ownership ownership) {}

    /// Ids that are others inside than outside.
    static Optional<IdMappings> changes(PodRow pod) {
        return pod.ids().filter(ids -> !ids.equals(ids.inverse()));
    }

    static Ownership ofHostPaths(PodRow pod) {
        return pod.spec().sharing().usersAsked().orElse(null)
                                instanceof PodUsers.Auto(_, boolean shown)
                        && shown
                ? Ownership.HOSTS
                : Ownership.FOREIGN;
    }

    /// The owners of an image's files are turned round when they are copied to a volume, unless
    /// they are for real what they seem.
    Optional<IdMappings> ofCopies(PodRow pod) {
        return kernel.mapsMounts() ? changes(pod).map(IdMappings::inverse) : Optional.empty();
    }

    /// The layers below a container's root.
    ///
    /// @param users file of the namespace
    /// @param folder for mounts that may go when the root is mounted
    List<Path> layers(PodRow pod, ContainerRow container, Path users, Path folder)
            throws IOException {
        var layers = layers(container);
        if (!kernel.mapsMounts()) {
            return List.of(copy(pod, layers));
        }
        var mapped = new ArrayList<Path>();
        for (var layer : layers) {
            var target = folder.resolve(Integer.toString(mapped.size()));
            Files.createDirectories(target);
            kernel.unmount(target);
            if (!kernel.bindMapped(layer, target, users, false)) {
                kernel.unmountBelow(folder);
                return List.of(copy(pod, layers));
            }
            mapped.add(target);
        }
        return mapped;
    }

    private Path copy(PodRow pod, List<Path> layers) throws IOException {
        var ids = changes(pod).orElseThrow();
        return shifted.of(layers, ids, !isAuto(pod));
    }

    private static boolean isAuto(PodRow pod) {
        return pod.spec()
                .sharing()
                .usersAsked()
                .filter(PodUsers.Auto.class::isInstance)
                .isPresent();
    }

    static List<Path> layers(ContainerRow container) {
        return container.image().layers().stream().map(Path::of).toList();
    }

    /// Deletes copies of images that no pod of these needs any more.
    void forgetCopies(State state) throws IOException {
        var used = new HashSet<String>();
        for (var row : state.containers().values()) {
            state.pod(row.pod())
                    .flatMap(UserMounts::changes)
                    .ifPresent(ids -> used.add(ShiftedLayers.key(layers(row), ids)));
        }
        shifted.keepOnly(used);
    }

    /// Gives the top of a container's changes, which is the root directory it sees, to its root.
    static void giveTop(Path upper, IdMappings ids) throws IOException {
        Files.setAttribute(upper, "unix:uid", (int) ids.user(0), LinkOption.NOFOLLOW_LINKS);
        Files.setAttribute(upper, "unix:gid", (int) ids.group(0), LinkOption.NOFOLLOW_LINKS);
    }

    /// The same mounts of places beside the container's bundle.
    List<Mount> shown(PodRow pod, ContainerRow container, List<Plain> mounts) throws IOException {
        if (pod.ids().isEmpty()) {
            return mounts.stream().map(Plain::mount).toList();
        }
        var shown = new ArrayList<Mount>();
        for (var plain : mounts) {
            if (plain.mount().type().equals("tmpfs")) {
                shown.add(plain.mount());
                continue;
            }
            var target =
                    files.subPaths(container.id())
                            .resolve("shown-" + Integer.toString(shown.size()));
            show(pod, plain, target);
            shown.add(plain.mount().withSource(target.toString()));
        }
        return shown;
    }

    private void show(PodRow pod, Plain plain, Path target) throws IOException {
        var source = Path.of(plain.mount().source());
        var ownership = plain.ownership();
        var following =
                plain.mount().options().stream().anyMatch(it -> it.matches("rs(lave|hared)"));
        Files.createDirectories(target.getParent());
        if (Files.isDirectory(source)) {
            Files.createDirectories(target);
        } else if (!Files.exists(target)) {
            Files.createFile(target);
        }
        kernel.unmount(target);
        var ids = changes(pod);
        if (ids.isEmpty() || ownership == Ownership.FOREIGN) {
            kernel.bind(source, target, following);
        } else if (!kernel.mapsMounts()
                || !kernel.bindMapped(source, target, files.userNamespace(pod.id()), following)) {
            give(pod, source, ids.get(), ownership);
            kernel.bind(source, target, following);
        }
    }

    private void give(PodRow pod, Path source, IdMappings ids, Ownership ownership)
            throws IOException {
        var group = pod.spec().security().fsGroup();
        switch (ownership) {
            case PODS ->
                    kernel.giveToUsers(
                            source,
                            ids,
                            group.map(it -> OptionalLong.of(it.id())).orElse(OptionalLong.empty()));
            case VOLUMES -> {
                if (isEmpty(source)) {
                    kernel.giveToUsers(source, ids, OptionalLong.empty());
                }
            }
            case HOSTS, FOREIGN -> {
                return;
            }
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (var entries = Files.list(directory)) {
            return entries.findAny().isEmpty();
        }
    }
}
