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
        if (kernel.alive(run.conmon())) {
            return living(run); // conmon is about to write the exit file
        }
        var late = exit(container);
        return new Observation.Ended(
                run, late.orElseGet(() -> new ContainerEnd(-1, clock.instant(), false, "")));
    }

    private Observation living(RunFacts run) {
        if (!kernel.alive(run.conmon())) {
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
