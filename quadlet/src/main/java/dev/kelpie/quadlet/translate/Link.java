package dev.kelpie.quadlet.translate;

/// A link that makes systemd start a unit, or know it by another name.
///
/// @param path below the output folder
/// @param target relative to the link
public record Link(String path, String target) {}
