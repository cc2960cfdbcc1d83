package dev.kelpie.engine;

import dev.kelpie.engine.copy.ContainerTree;
import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.fault.VolumeInUseException;
import dev.kelpie.engine.fault.VolumeNotFoundException;
import dev.kelpie.engine.report.Outcome;
import dev.kelpie.engine.report.VolumeSummary;
import dev.kelpie.engine.sandbox.VolumeContents;
import dev.kelpie.engine.sandbox.VolumeMounts;
import dev.kelpie.engine.state.State;
import dev.kelpie.engine.state.VolumeRow;
import dev.kelpie.runtime.kernel.RootedDirectory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// The volumes of an engine.
public final class Volumes {

    private final Core core;
    private final Supervisor supervisor;
    private final Containers containers;

    Volumes(Core core, Supervisor supervisor, Containers containers) {
        this.core = core;
        this.supervisor = supervisor;
        this.containers = containers;
    }

    /// Makes a volume; its name.
    public String create(NewVolume wanted) {
        var name = wanted.name().isEmpty() ? Ids.fresh() : wanted.name();
        if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,254}")) {
            throw new InvalidRequestException(
                    "names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*: invalid argument '" + name + "'");
        }
        core.store.requireRoom();
        core.steps.at("volume.create");
        boolean made =
                core.store.compute(change -> {
                    if (change.now().volumes().containsKey(name)) {
                        if (wanted.keep()) {
                            return false;
                        }
                        throw new InvalidRequestException(
                                "volume with name " + name + " already exists");
                    }
                    change.put(row(name, wanted));
                    return true;
                });
        if (made) {
            makeContent(name);
        }
        return name;
    }

    private VolumeRow row(String name, NewVolume wanted) {
        return new VolumeRow(
                name,
                core.clock.instant(),
                wanted.labels(),
                "",
                "",
                !wanted.options().copies(),
                Optional.of(wanted.options()));
    }

    private void makeContent(String name) {
        boolean done = false;
        try {
            new VolumeContents(core.files, core.store).make(name);
            done = true;
        } catch (IOException e) {
            throw new EngineIoException("cannot make volume '" + name + "'", e);
        } finally {
            if (!done) {
                supervisor.remover().removeVolume(row(name));
            }
        }
    }

    public List<VolumeSummary> list() {
        var state = core.store.now();
        return state.volumes().values().stream().map(row -> summary(state, row)).toList();
    }

    private VolumeSummary summary(State state, VolumeRow row) {
        return new VolumeSummary(
                row.name(),
                core.files.volumeContent(row.name()),
                row.created(),
                row.labels(),
                row.anonymous(),
                state.usersOf(row.name()),
                row.made());
    }

    /// Throws `VolumeNotFoundException`.
    public VolumeSummary find(String name) {
        return summary(core.store.now(), row(name));
    }

    /// The files of a volume, to be copied from or to; its directory is made when it never was.
    public ContainerTree tree(String name) throws InterruptedException {
        var user = "files-" + Ids.fresh();
        core.mounts.volumeMounts().use(row(name).name(), user);
        return tree(row(name).name(), () -> core.mounts.volumeMounts().release(name, user));
    }

    private ContainerTree tree(String volume, Runnable closed) throws InterruptedException {
        try {
            var root = new VolumeContents(core.files, core.store).make(volume);
            return new ContainerTree(
                    RootedDirectory.open(root),
                    new ContainerTree.Shape(List.of(), "/", 0, 0, ContainerTree.Owners.SAME),
                    closed);
        } catch (RuntimeException e) {
            closed.run();
            throw e;
        } catch (IOException e) {
            closed.run();
            throw new EngineIoException("cannot open volume '" + volume + "'", e);
        }
    }

    /// Where a volume's files lie on the host; the directory is made when it never was, and what is
    /// to be mounted is until [#unplace].
    public Path place(String name) throws InterruptedException {
        tree(name).close();
        core.mounts.volumeMounts().use(name, VolumeMounts.BY_HAND);
        return find(name).mountPoint();
    }

    /// Ends what [#place] began; its name.
    public String unplace(String name) {
        var volume = row(name).name();
        core.mounts.volumeMounts().release(volume, VolumeMounts.BY_HAND);
        return volume;
    }

    public boolean exists(String name) {
        return core.store.now().volumes().containsKey(name);
    }

    private VolumeRow row(String name) {
        var row = core.store.now().volumes().get(name);
        if (row == null) {
            throw new VolumeNotFoundException(name);
        }
        return row;
    }

    /// Removes volumes, each as `remove(String, boolean)` does.
    public List<Outcome> remove(List<String> names, boolean force) throws InterruptedException {
        var outcomes = new ArrayList<Outcome>();
        for (var name : names) {
            try {
                remove(name, force);
                outcomes.add(Outcome.done(name, name));
            } catch (PodException e) {
                outcomes.add(Outcome.failed(name, "", e));
            }
        }
        return outcomes;
    }

    /// Throws `VolumeInUseException` while a container mounts it; with `force` those are removed.
    public void remove(String name, boolean force) throws InterruptedException {
        var row = row(name);
        var users = core.store.now().usersOf(name);
        if (!users.isEmpty() && force) {
            containers.remove(users, RemoveOptions.FORCE);
            users = core.store.now().usersOf(name);
        }
        if (!users.isEmpty()) {
            throw new VolumeInUseException(name, users);
        }
        // One that was made for a container goes with it.
        if (exists(name)) {
            supervisor.remover().removeVolume(row);
        }
    }
}
