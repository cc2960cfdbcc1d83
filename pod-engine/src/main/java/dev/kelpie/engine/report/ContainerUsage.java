package dev.kelpie.engine.report;

import java.time.Duration;

/// What a container uses at one moment.
///
/// @param running since its command was started
/// @param cpuNanos of all its processes so far
/// @param network of its pod's network namespace; received and sent bytes
/// @param block read and written bytes
public record ContainerUsage(
        String id,
        String name,
        Duration running,
        long cpuNanos,
        Memory memory,
        Traffic network,
        Traffic block,
        long pids) {

    /// The working set, and what may be used: of the container, else of the host.
    public record Memory(long bytes, long limit) {}

    /// Bytes in and out.
    public record Traffic(long in, long out) {}
}
