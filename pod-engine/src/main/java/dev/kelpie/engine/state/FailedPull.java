package dev.kelpie.engine.state;

import java.time.Instant;

/// Why a container still waits for its image; kept in the state, so that a service that comes back
/// asks the registry no sooner.
///
/// @param reason in the kubelet's words: `ErrImagePull`, `ErrImageNeverPull`, …
/// @param count attempts in a row
/// @param last when the last of them failed
public record FailedPull(String reason, String message, int count, Instant last) {}
