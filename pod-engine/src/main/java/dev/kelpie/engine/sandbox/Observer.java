package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.report.ContainerEnd;
import java.time.InstantSource;
import java.util.Optional;

/// Derives what a container does from its processes and conmon's exit file; remembers nothing.
public final class Observer {

    private final EngineFiles files;
    private final FactBook facts;
    private final HostKernel kernel;
    private final InstantSource clock;

    public Observer(EngineFiles files, FactBook facts, HostKernel kernel, InstantSource clock) {
        this.files = files;
        this.facts = facts;
        this.kernel = kernel;
        this.clock = clock;
    }

    public Observation observe(String container) {
        var found = facts.find(container);
        return found.isEmpty() ? new Observation.Absent() : observe(container, found.get());
    }

    private Observation observe(String container, RunFacts run) {
        if (kernel.alive(run.init())) {
            return living(run);
        }
        // Looked for only when the process is gone: a file from before would be of another run.
        var end = exit(container);
        if (end.isPresent()) {
            return new Observation.Ended(run, end.get());
        }
        if (kernel.alive(run.keeper())) {
            return living(run); // conmon is about to write the exit file
        }
        return new Observation.Ended(run, exit(container).orElseGet(() -> unknown(run)));
    }

    /// A pause process ends by a signal only, and that is nearly always SIGKILL.
    private ContainerEnd unknown(RunFacts run) {
        return new ContainerEnd(run.isPause() ? 137 : -1, clock.instant(), false, "");
    }

    private Observation living(RunFacts run) {
        if (!kernel.alive(run.keeper())) {
            return new Observation.Orphaned(run);
        }
        return run.started().isPresent() ? new Observation.Running(run) : new Observation.Made(run);
    }

    private Optional<ContainerEnd> exit(String container) {
        return files.conmon(container)
                .exitStatus()
                .map(status ->
                        new ContainerEnd(
                                status.code(), status.finishedAt(), status.oomKilled(), ""));
    }
}
