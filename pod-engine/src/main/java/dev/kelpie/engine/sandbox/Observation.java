package dev.kelpie.engine.sandbox;

import dev.kelpie.engine.report.ContainerEnd;

/// What the kernel and conmon's files say about a container at one moment.
public sealed interface Observation {

    /// The OCI runtime has no process for it.
    record Absent() implements Observation {}

    /// Its process waits to be let go.
    record Made(RunFacts facts) implements Observation {}

    record Running(RunFacts facts) implements Observation {}

    /// It has ended and was not cleaned up behind.
    record Ended(RunFacts facts, ContainerEnd end) implements Observation {}

    /// It runs without its conmon: nobody will learn its exit code, so it has to go.
    record Orphaned(RunFacts facts) implements Observation {}
}
