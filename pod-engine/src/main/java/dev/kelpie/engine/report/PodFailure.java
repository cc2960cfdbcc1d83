package dev.kelpie.engine.report;

/// Why a pod was ended as a whole.
///
/// @param reason `DeadlineExceeded`
public record PodFailure(String reason, String message) {}
