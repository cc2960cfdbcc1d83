package dev.kelpie.image.build;

import dev.kelpie.image.registry.PullEvent;
import dev.kelpie.image.spec.Digest;

/// What happens during a build. Stages are built side by side, so theirs may come mixed.
public sealed interface BuildEvent {

    /// Which of the stages that this build needs, from 1.
    record StageNumber(int number, int total) {}

    /// An instruction begins: `STEP number/total: text`.
    record Step(StageNumber stage, int number, int total, String text) implements BuildEvent {}

    /// A layer was made, or taken from the cache.
    record Layer(StageNumber stage, Digest diffId, boolean cached) implements BuildEvent {}

    /// What a command of `RUN` said: whole lines as a rule.
    record Output(StageNumber stage, String text) implements BuildEvent {}

    /// Something worth a word of warning, with file and line.
    record Warning(String message) implements BuildEvent {}

    /// A base image is being pulled.
    record Pulling(PullEvent event) implements BuildEvent {}

    /// The image is stored: `COMMIT`; `cached` when an identical one was here already.
    record Committed(Digest id, boolean cached) implements BuildEvent {}

    /// The image has this full name now.
    record Tagged(String name) implements BuildEvent {}
}
