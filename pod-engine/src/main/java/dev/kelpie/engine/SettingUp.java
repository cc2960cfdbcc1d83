package dev.kelpie.engine;

import dev.kelpie.engine.fault.ContainerNotFoundException;
import dev.kelpie.engine.fault.InvalidRequestException;
import dev.kelpie.engine.fault.PodException;
import dev.kelpie.engine.sandbox.Observation;
import dev.kelpie.engine.state.ContainerRow;
import dev.kelpie.engine.state.PodRow;
import dev.kelpie.runtime.HostException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Sets one container up so that only its command is to be let go (`init`).
final class SettingUp {

    private final Core core;
    private final Supervisor supervisor;

    SettingUp(Core core, Supervisor supervisor) {
        this.core = core;
        this.supervisor = supervisor;
    }

    void setUp(ContainerRow row) throws InterruptedException {
        AwaitedImages.requireNone(row);
        var fresh = !core.sandboxes.isAlive(row.pod());
        var begun = false;
        try (var _ = core.locks.take(row.pod())) {
            requireDown(row);
            supervisor.starter().requireReadyable(new Starter.Job(pod(row), List.of(row)));
            core.steps.at("init.intent");
            core.store.change(change -> {
                Starter.requireStays(change.now(), pod(row));
                change.editPod(row.pod(), it -> it.withRunning(true));
            });
            begun = true;
            supervisor.starter().ready(new Starter.Job(pod(row), List.of(row)));
        } catch (PodException | HostException e) {
            if (begun) {
                giveUp(row, fresh);
            }
            throw e;
        }
    }

    private void requireDown(ContainerRow row) {
        switch (core.observer.observe(row.id())) {
            case Observation.Absent _, Observation.Ended _ -> {
                return;
            }
            case Observation.Made _, Observation.Running _, Observation.Orphaned _ ->
                    throw new InvalidRequestException(
                            "container "
                                    + row.id()
                                    + " has already been created in runtime: container state"
                                    + " improper");
        }
    }

    private PodRow pod(ContainerRow row) {
        return core.store
                .now()
                .pod(row.pod())
                .orElseThrow(() -> new ContainerNotFoundException(row.id()));
    }

    /// A start that failed leaves the container as it was, and its pod too if that did not run.
    void giveUp(ContainerRow row, boolean fresh) throws InterruptedException {
        core.store.change(change -> change.editLife(row.id(), life -> life.withWanted(false)));
        var pod = core.store.now().pod(row.pod());
        if (fresh && pod.isPresent()) {
            core.store.change(change -> change.editPod(row.pod(), it -> it.withRunning(false)));
            supervisor.stopper().down(List.of(pod.get()), Optional.of(Duration.ZERO));
        }
    }
}
