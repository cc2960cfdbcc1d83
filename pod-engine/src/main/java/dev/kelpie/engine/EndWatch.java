package dev.kelpie.engine;

import dev.kelpie.engine.sandbox.RunFacts;
import dev.kelpie.engine.state.ContainerRow;

/// Told of every container that begins to run, so that its end is noticed at once, and of every run
/// that is over.
interface EndWatch {
    void watch(ContainerRow row, RunFacts facts);

    void over(String container);
}
