package dev.kelpie.engine;

import dev.kelpie.engine.fault.EngineIoException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.VolumeInUseException;
import dev.kelpie.engine.fault.VolumeNotFoundException;
import dev.kelpie.engine.report.VolumeSummary;
import dev.kelpie.engine.state.State;
import dev.kelpie.engine.state.VolumeRow;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;

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
    public String create(String name, Map<String, String> labels) {
        if (!name.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]*")) {
            throw new InvalidRequestException(
                    "names must match [a-zA-Z0-9][a-zA-Z0-9_.-]*: invalid argument '" + name + "'");
        }
        core.steps.at("volume.create");
        core.store.change(change -> {
            if (change.now().volumes().containsKey(name)) {
                throw new InvalidRequestException("volume with name " + name + " already exists");
            }
            change.put(new VolumeRow(name, core.clock.instant(), labels, "", "", false));
        });
        try {
            Files.createDirectories(core.files.volumeContent(name));
        } catch (IOException e) {
            core.store.change(change -> change.removeVolume(name));
            throw new EngineIoException("cannot make volume '" + name + "'", e);
        }
        return name;
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
                state.usersOf(row.name()));
    }

    /// Throws `VolumeNotFoundException`.
    public VolumeSummary find(String name) {
        return summary(core.store.now(), row(name));
    }

    private VolumeRow row(String name) {
        var row = core.store.now().volumes().get(name);
        if (row == null) {
            throw new VolumeNotFoundException(name);
        }
        return row;
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
        supervisor.remover().removeVolume(row);
    }
}
