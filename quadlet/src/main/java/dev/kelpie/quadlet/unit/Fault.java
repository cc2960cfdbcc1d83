package dev.kelpie.quadlet.unit;

/// What is wrong with the text of a unit file, in words that follow the file's name.
public record Fault(Place place, String message) {}
