package dev.kelpie.engine.report;

/// Why a container that is meant to run does not, in the kubelet's words.
///
/// @param reason `CrashLoopBackOff`, `PodInitializing`, `CreateContainerConfigError`, …
public record Waiting(String reason, String message) {}
