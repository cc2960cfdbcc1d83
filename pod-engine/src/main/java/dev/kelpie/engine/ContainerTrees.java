package dev.kelpie.engine;

import dev.kelpie.engine.copy.ContainerTree;
import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.ContainerStateException;
import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.report.ContainerKind;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.sandbox.VolumeMounts;
import dev.kelpie.engine.spec.Volume;
import dev.kelpie.engine.spec.VolumeMount;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.HostException;
import dev.kelpie.runtime.kernel.RootedDirectory;
import dev.kelpie.runtime.oci.ContainerConfig;
import dev.kelpie.runtime.oci.UserDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/// Opens the files of containers: a running one's through its first process, so that every mount is
/// seen as it sees it, another's by mounting its root while nobody can start it.
final class ContainerTrees {

    private final Core core;

    ContainerTrees(Core core) {
        this.core = core;
    }

    /// In the one order of the pods' locks, so that two copies cannot wait for each other.
    List<ContainerTree> open(List<ContainerRow> rows) throws InterruptedException {
        var opened = new LinkedHashMap<String, ContainerTree>();
        try {
            for (var row : rows.stream().sorted(Comparator.comparing(ContainerRow::pod)).toList()) {
                if (!opened.containsKey(row.id())) {
                    opened.put(row.id(), open(row));
                }
            }
            return rows.stream().map(row -> Objects.requireNonNull(opened.get(row.id()))).toList();
        } catch (RuntimeException | InterruptedException e) {
            opened.values().forEach(ContainerTree::close);
            throw e;
        }
    }

    private ContainerTree open(ContainerRow row) throws InterruptedException {
        if (row.kind() == ContainerKind.INFRA) {
            throw new ContainerStateException(
                    "infra container '" + row.name() + "' has no files to copy");
        }
        var pod =
                core.store
                        .now()
                        .pod(row.pod())
                        .orElseThrow(() -> new ContainerNotFoundException(row.id()));
        var held = core.locks.take(row.pod());
        try {
            var tree =
                    switch (core.observer.observe(row.id())) {
                        case Observation.Running(RunFacts facts) -> running(pod, row, facts);
                        case Observation.Made(RunFacts facts) -> running(pod, row, facts);
                        case Observation.Orphaned(RunFacts facts) -> running(pod, row, facts);
                        case Observation.Absent _, Observation.Ended _ -> null;
                    };
            if (tree != null) {
                held.close();
                return tree;
            }
            return stopped(pod, row, held);
        } catch (RuntimeException | InterruptedException e) {
            held.close();
            throw e;
        }
    }

    /// The process may end and its number go to another one meanwhile: it is looked at again when
    /// its root is open.
    private ContainerTree running(PodRow pod, ContainerRow row, RunFacts facts) {
        var root = RootedDirectory.open(Path.of("/proc/" + facts.init().pid() + "/root"));
        if (!core.parts.kernel().alive(facts.init())) {
            root.close();
            throw new ContainerStateException("container '" + row.name() + "' has just ended");
        }
        // what a mount shows to other users only they can write to
        var places = pod.ids().isEmpty() ? List.<ContainerTree.Place>of() : places(pod, row);
        return new ContainerTree(root, shape(pod, row, root, places), () -> {});
    }

    /// The lock is held, and volumes that are mounted while they are used are, until the copy is
    /// done.
    private ContainerTree stopped(PodRow pod, ContainerRow row, PodLocks.Held held)
            throws InterruptedException {
        var user = "files-" + Ids.fresh();
        core.mounts.makeVolumes(pod);
        try {
            for (var name : VolumeMounts.named(pod.spec(), row.spec().mounts())) {
                core.mounts.volumeMounts().use(name, user);
            }
            return withRoot(
                    pod,
                    row,
                    () -> {
                        core.mounts.volumeMounts().release(user);
                        held.close();
                    });
        } catch (RuntimeException | InterruptedException e) {
            core.mounts.volumeMounts().release(user);
            throw e;
        }
    }

    private ContainerTree withRoot(PodRow pod, ContainerRow row, Runnable closed)
            throws InterruptedException {
        var target = core.files.rootfs(row.id());
        try {
            core.mounts.mountRootAlone(pod, row);
        } catch (IOException e) {
            throw new EngineIoException("cannot open the files of '" + row.name() + "'", e);
        }
        try {
            var root = RootedDirectory.open(target);
            return new ContainerTree(
                    root,
                    shape(pod, row, root, places(pod, row)),
                    () -> {
                        close(row, target);
                        closed.run();
                    });
        } catch (HostException e) {
            close(row, target);
            throw e;
        }
    }

    private List<ContainerTree.Place> places(PodRow pod, ContainerRow row) {
        var away = away(pod, row);
        return core.mounts.sources(pod, row).stream()
                .filter(source -> Files.exists(source.path()) || away.contains(source.mountPath()))
                .map(source ->
                        new ContainerTree.Place(
                                source.mountPath(),
                                source.path(),
                                source.subPath(),
                                away.contains(source.mountPath())))
                .toList();
    }

    /// What is mounted from another host for the pod as a whole, while that is down.
    private Set<String> away(PodRow pod, ContainerRow row) {
        if (core.sandboxes.isAlive(pod.id())) {
            return Set.of();
        }
        var remote =
                pod.spec().volumes().stream()
                        .filter(volume -> volume.source() instanceof Volume.Nfs)
                        .map(Volume::name)
                        .collect(Collectors.toSet());
        return row.spec().mounts().stream()
                .filter(mount -> remote.contains(mount.volume()))
                .map(VolumeMount::mountPath)
                .collect(Collectors.toSet());
    }

    private void close(ContainerRow row, Path target) {
        core.parts.kernel().unmount(target);
        try {
            Files.deleteIfExists(target);
            if (core.observer.observe(row.id()) instanceof Observation.Absent) {
                core.parts.kernel().removeTree(core.files.runContainer(row.id()));
            }
        } catch (IOException e) {
            throw new EngineIoException("cannot clean up behind '" + row.name() + "'", e);
        }
    }

    private ContainerTree.Shape shape(
            PodRow pod, ContainerRow row, RootedDirectory root, List<ContainerTree.Place> places) {
        var process = row.image().process();
        var user =
                UserDatabase.read(root)
                        .resolve(process.user(), ContainerConfig.UserRules.USUAL)
                        .user();
        var directory = process.workingDir().isEmpty() ? "/" : process.workingDir();
        return new ContainerTree.Shape(
                places,
                directory,
                user.uid(),
                user.gid(),
                new ContainerTree.Owners(
                        core.mounts.owners(pod), core.mounts.ownersInVolumes(pod)));
    }
}
