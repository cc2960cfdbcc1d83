package dev.kelpie.image.registry;

import dev.kelpie.image.spec.Digest;

/// What happens during a pull, in the order it happens; layers' events come interleaved, from
/// several threads, one at a time.
public sealed interface PullEvent {

    /// The registry is being asked for `reference` (`Trying to pull …`).
    record Trying(String reference) implements PullEvent {}

    /// A layer is here already.
    record Present(Digest layer) implements PullEvent {}

    /// `done` of `total` compressed bytes of a layer or of the configuration have come.
    record Downloading(Digest blob, long done, long total) implements PullEvent {}

    /// All bytes came and are what was promised.
    record Downloaded(Digest blob, long total) implements PullEvent {}

    /// A layer is unpacked and verified.
    record Unpacked(Digest layer) implements PullEvent {}

    /// An attempt failed and the next one comes after `delayMillis`.
    record Retrying(String reason, long delayMillis) implements PullEvent {}

    /// The image is complete and named.
    record Stored(String reference, Digest id) implements PullEvent {}
}
