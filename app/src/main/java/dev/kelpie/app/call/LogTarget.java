package dev.kelpie.app.call;

/// A container whose log is shown, and what stands before its lines.
public record LogTarget(String id, String name) {}
