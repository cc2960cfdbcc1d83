package dev.kelpie.image.registry;

import dev.kelpie.image.spec.Digest;

/// What happens during a push; blobs' events come interleaved, one at a time.
public sealed interface PushEvent {

    /// The registry has the blob already, or took it from another of its repositories.
    record Present(Digest blob) implements PushEvent {}

    /// `done` of `total` bytes of a blob have gone.
    record Uploading(Digest blob, long done, long total) implements PushEvent {}

    /// The registry has all of it.
    record Uploaded(Digest blob, long total) implements PushEvent {}

    /// An attempt failed and the next one comes after `delayMillis`.
    record Retrying(String reason, long delayMillis) implements PushEvent {}

    /// The manifest is named: the image is there.
    record Named(String reference, Digest manifest) implements PushEvent {}
}
