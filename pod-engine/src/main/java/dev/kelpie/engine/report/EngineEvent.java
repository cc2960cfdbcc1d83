package dev.kelpie.engine.report;

/// Progress of a long operation, handed to a consumer while it happens; may come from any thread.
public sealed interface EngineEvent {

    /// The bytes of one layer or the steps of one pull, in words fit for a line.
    ///
    /// @param done bytes so far
    /// @param total bytes in all, 0 when unknown
    record Pulling(String image, String part, long done, long total) implements EngineEvent {}

    /// An image is there.
    record Pulled(String image) implements EngineEvent {}

    /// Something the user should know; the operation goes on.
    record Note(String text) implements EngineEvent {}
}
