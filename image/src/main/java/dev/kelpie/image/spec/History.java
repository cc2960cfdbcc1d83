package dev.kelpie.image.spec;

import java.time.Instant;
import java.util.Optional;

/// One step of an image's making; `emptyLayer` steps have no layer of their own (config.md,
/// "history").
public record History(
        Optional<Instant> created, String createdBy, String comment, boolean emptyLayer) {}
