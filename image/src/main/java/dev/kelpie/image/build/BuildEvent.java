package dev.kelpie.image.build;

import dev.kelpie.image.registry.PullEvent;
import dev.kelpie.image.spec.Digest;

/// What happens during a build, in order.
public sealed interface BuildEvent {

    /// An instruction begins: `STEP number/total: text`.
    record Step(int number, int total, String text) implements BuildEvent {}

    /// Something worth a word of warning, with file and line.
    record Warning(String message) implements BuildEvent {}

    /// A base image is being pulled.
    record Pulling(PullEvent event) implements BuildEvent {}

    /// The image is stored: `COMMIT`; `cached` when an identical one was here already.
    record Committed(Digest id, boolean cached) implements BuildEvent {}

    /// The image has this full name now.
    record Tagged(String name) implements BuildEvent {}
}
