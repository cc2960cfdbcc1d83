package dev.kelpie.engine;

import dev.kelpie.engine.sandbox.RunFacts;

/// Told of every container that begins to run, so that its end is noticed at once.
@FunctionalInterface
interface EndWatch {
    void watch(String container, RunFacts facts);
}
